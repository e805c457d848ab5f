package org.noports.api.session;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.identity.Fingerprint;
import org.noports.api.relay.RelayChoice;
import org.noports.api.relay.RelaySide;
import org.noports.api.tunnel.Forward;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.LocalAddress;
import org.noports.api.tunnel.SessionEnd;

/**
 * What is known of a session at one of its ends.
 *
 * @param id the session that runs now
 * @param side which end this is
 * @param client who asked
 * @param device who admitted
 * @param target where its streams end
 * @param relay the relay's atSign, where this end knows it
 * @param relayAddress the relay's host and port that this end dials
 * @param level how it is protected
 * @param rule the policy rule that permitted it, where this end knows it
 * @param local where it listens, on the client's side
 * @param since when this session began
 * @param replaced how many sessions before it were lost and replaced ({@code keep})
 * @param state {@code open}, or {@code resuming} while it has no link, or {@code reconnecting}
 *     while a lost session is being replaced
 * @param traffic what it has carried
 * @param firstContact the other end's key, if this session was the first meeting with it: nobody
 *     but its owner can say whether it is his
 * @param forwards what goes through it beside connections to the target, with the addresses that
 *     are listened on; on the client's side
 * @param receipt what both ends can show of an NP2 session; empty below level L2
 * @param choice the relays that would have done when this session began, best first, and what was
 *     known of the ways to them; empty where there was nothing to choose, and on the device's side
 */
public record SessionFacts(
    SessionId id,
    RelaySide side,
    AtSign client,
    DeviceAddress device,
    Target target,
    Optional<AtSign> relay,
    String relayAddress,
    Level level,
    Optional<String> rule,
    Optional<LocalAddress> local,
    Instant since,
    int replaced,
    String state,
    SessionEnd.Traffic traffic,
    Optional<Fingerprint> firstContact,
    List<Forward> forwards,
    Optional<Receipt> receipt,
    List<RelayChoice.Candidate> choice) {
  public SessionFacts {
    requireNonNull(id, "id is null");
    requireNonNull(side, "side is null");
    requireNonNull(client, "client is null");
    requireNonNull(device, "device is null");
    requireNonNull(target, "target is null");
    requireNonNull(relay, "relay is null");
    requireNonNull(relayAddress, "relayAddress is null");
    requireNonNull(level, "level is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(local, "local is null");
    requireNonNull(since, "since is null");
    requireNonNull(state, "state is null");
    requireNonNull(traffic, "traffic is null");
    requireNonNull(firstContact, "firstContact is null");
    forwards = List.copyOf(forwards);
    requireNonNull(receipt, "receipt is null");
    choice = List.copyOf(choice);
  }

  /** A session for whose relay there was no choice. */
  public SessionFacts(
      SessionId id,
      RelaySide side,
      AtSign client,
      DeviceAddress device,
      Target target,
      Optional<AtSign> relay,
      String relayAddress,
      Level level,
      Optional<String> rule,
      Optional<LocalAddress> local,
      Instant since,
      int replaced,
      String state,
      SessionEnd.Traffic traffic,
      Optional<Fingerprint> firstContact,
      List<Forward> forwards,
      Optional<Receipt> receipt) {
    this(
        id,
        side,
        client,
        device,
        target,
        relay,
        relayAddress,
        level,
        rule,
        local,
        since,
        replaced,
        state,
        traffic,
        firstContact,
        forwards,
        receipt,
        List.of());
  }

  /** A session with an end that was met before. */
  public SessionFacts(
      SessionId id,
      RelaySide side,
      AtSign client,
      DeviceAddress device,
      Target target,
      Optional<AtSign> relay,
      String relayAddress,
      Level level,
      Optional<String> rule,
      Optional<LocalAddress> local,
      Instant since,
      int replaced,
      String state,
      SessionEnd.Traffic traffic) {
    this(
        id,
        side,
        client,
        device,
        target,
        relay,
        relayAddress,
        level,
        rule,
        local,
        since,
        replaced,
        state,
        traffic,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
