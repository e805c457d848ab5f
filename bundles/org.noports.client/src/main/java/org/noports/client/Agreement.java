package org.noports.client;

import java.util.List;
import java.util.Optional;
import org.noports.api.DeviceAddress;
import org.noports.api.RelayUnavailable;
import org.noports.api.SessionRefused;
import org.noports.api.identity.SigningKey;
import org.noports.protocol.session.Feature;
import org.noports.protocol.session.NptRequest;
import org.noports.protocol.session.PingResponse;
import org.noports.protocol.session.RelayAuthMode;

/**
 * What can be asked of this device through this relay; a step of OpenTunnel.
 *
 * @param self who asks
 * @param ticket the relay's ports
 * @param device what the device can do
 * @param ours how we prove ourselves to the relay
 * @param theirs how the device does
 * @param met the key that the device signs with
 * @param signs what we can sign with beside RSA
 */
record Agreement(
    Self self,
    RelayTicket ticket,
    PingResponse device,
    RelayAuthMode ours,
    RelayAuthMode theirs,
    MeetDevice.Met met,
    Optional<SigningKey> signs) {
  private static final String FIXED_GRACE =
      "ask for the grace that it has, "
          + NptRequest.FIXED_TIMEOUT.toSeconds()
          + " s (connect --grace "
          + NptRequest.FIXED_TIMEOUT.toSeconds()
          + ", without --keep), or ";

  private static final String OTHER_PORTS =
      "set only443 = false in etc/org.noports.client.cfg, or ";

  /**
   * Finds the best that all three can do.
   *
   * @param published whether relays can look up the key that our answers to challenges are signed
   *     with
   * @param signs the key beside RSA that devices can look up
   */
  static Agreement of(
      Attempt attempt,
      Self self,
      RelayTicket ticket,
      PingResponse device,
      boolean published,
      MeetDevice.Met met,
      Optional<SigningKey> signs)
      throws SessionRefused, RelayUnavailable {
    check(attempt, device);
    boolean only443 = attempt.settings().only443();
    boolean answers = published && self.identity().answersChallenges();
    if (only443 && !answers) {
      throw new RelayUnavailable(
          "The single port of "
              + ticket.relay()
              + " takes answers to challenges only, and our key for them could not be published: see"
              + " client-key-not-published in the log; or signingKeyList is set in"
              + " etc/org.noports.identity.cfg, with which relays do not believe them");
    }
    boolean challenges = only443 || ticket.reply().autoDetectsRelayAuth();
    return new Agreement(
        self,
        ticket,
        device,
        mode(challenges && answers),
        mode(challenges && device.supports(Feature.SUPPORTS_RAM_ESCR)),
        met,
        signs);
  }

  private static RelayAuthMode mode(boolean challenge) {
    return challenge ? RelayAuthMode.ESCR : RelayAuthMode.PAYLOAD;
  }

  private static void check(Attempt attempt, PingResponse device) throws SessionRefused {
    DeviceAddress address = attempt.request().device();
    for (Feature needed : List.of(Feature.SR_AUTH, Feature.SR_E2EE, Feature.SUPPORTS_PORT_CHOICE)) {
      require(address, device, needed, "");
    }
    if (!attempt.request().grace().equals(NptRequest.FIXED_TIMEOUT)) {
      require(address, device, Feature.ADJUSTABLE_TIMEOUT, FIXED_GRACE);
    }
    if (attempt.settings().only443()) {
      require(address, device, Feature.SUPPORTS_RAM_ESCR, OTHER_PORTS);
    }
    if (!device.supports(Feature.TWIN_KEYS) && !attempt.settings().allowInsecureL0()) {
      throw insecure(address);
    }
  }

  private static void require(
      DeviceAddress address, PingResponse device, Feature needed, String otherwise)
      throws SessionRefused {
    if (!device.supports(needed)) {
      throw new SessionRefused(
          address
              + " runs a program that does not "
              + needed.description()
              + ": "
              + otherwise
              + "update it, it says it is version "
              + device.version());
    }
  }

  /** The device would use one key for both directions. */
  static SessionRefused insecure(DeviceAddress address) {
    return new SessionRefused(
        address
            + " can do level L0 only (insecure: one key for both directions), and this client"
            + " refuses that: update the device, or set allowInsecureL0 = true in"
            + " etc/org.noports.client.cfg");
  }
}
