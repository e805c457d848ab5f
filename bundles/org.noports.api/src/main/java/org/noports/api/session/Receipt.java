package org.noports.api.session;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.SessionId;
import org.noports.api.Target;
import org.noports.api.identity.Fingerprint;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteChange;

/**
 * What both ends of an NP2 session can show of it. The receipts of the two ends are equal; a relay
 * cannot forge one, because every word of it was signed by the ends or follows from what was.
 *
 * @param session the first request's id
 * @param client who asked
 * @param clientKey the key that signed the request
 * @param device who admitted
 * @param deviceKey the key that signed the answer
 * @param target where to
 * @param rule the policy rule that permitted it
 * @param clientProviders bundles that could compute suites at the client when it asked
 * @param deviceProviders the same at the device
 * @param history the handshake, and each resumption
 * @param signers the keys that signed beside RSA
 * @param changes what changed of its suites while it ran, as this end saw it; what the {@link
 *     #lines} say of it both ends know
 */
public record Receipt(
    SessionId session,
    AtSign client,
    Fingerprint clientKey,
    DeviceAddress device,
    Fingerprint deviceKey,
    Target target,
    String rule,
    String clientProviders,
    String deviceProviders,
    List<Agreed> history,
    Signers signers,
    List<SuiteChange> changes) {
  private static final String RSA = "rsa2048";
  private static final String BOTH = RSA + " and mldsa65";

  /**
   * Which ends signed by ML-DSA-65 as well, and were verified, every request and answer of the
   * session, and with which keys.
   *
   * @param client of the client's key; empty if RSA alone signed
   * @param device of the device's
   */
  public record Signers(Optional<Fingerprint> client, Optional<Fingerprint> device) {
    /** Neither. */
    public static final Signers RSA_ONLY = new Signers(Optional.empty(), Optional.empty());

    public Signers {
      requireNonNull(client, "client is null");
      requireNonNull(device, "device is null");
    }
  }

  /**
   * One handshake.
   *
   * @param event {@code opened} or {@code resumed}
   * @param relay through which relay
   * @param suite what was agreed on
   * @param transcript hash of the whole handshake, in hexadecimal digits
   */
  public record Agreed(String event, AtSign relay, Suite suite, String transcript) {
    public Agreed {
      requireNonNull(event, "event is null");
      requireNonNull(relay, "relay is null");
      requireNonNull(suite, "suite is null");
      requireNonNull(transcript, "transcript is null");
    }
  }

  public Receipt {
    requireNonNull(session, "session is null");
    requireNonNull(client, "client is null");
    requireNonNull(clientKey, "clientKey is null");
    requireNonNull(device, "device is null");
    requireNonNull(deviceKey, "deviceKey is null");
    requireNonNull(target, "target is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(clientProviders, "clientProviders is null");
    requireNonNull(deviceProviders, "deviceProviders is null");
    history = List.copyOf(history);
    if (history.isEmpty()) {
      throw new IllegalArgumentException("A receipt is of at least one handshake");
    }
    requireNonNull(signers, "signers is null");
    changes = List.copyOf(changes);
  }

  /** Of a session that has changed nothing. */
  public Receipt(
      SessionId session,
      AtSign client,
      Fingerprint clientKey,
      DeviceAddress device,
      Fingerprint deviceKey,
      Target target,
      String rule,
      String clientProviders,
      String deviceProviders,
      List<Agreed> history,
      Signers signers) {
    this(
        session,
        client,
        clientKey,
        device,
        deviceKey,
        target,
        rule,
        clientProviders,
        deviceProviders,
        history,
        signers,
        List.of());
  }

  /** Of a session that RSA alone signed. */
  public Receipt(
      SessionId session,
      AtSign client,
      Fingerprint clientKey,
      DeviceAddress device,
      Fingerprint deviceKey,
      Target target,
      String rule,
      String clientProviders,
      String deviceProviders,
      List<Agreed> history) {
    this(
        session,
        client,
        clientKey,
        device,
        deviceKey,
        target,
        rule,
        clientProviders,
        deviceProviders,
        history,
        Signers.RSA_ONLY);
  }

  /** The receipt after one more handshake. */
  public Receipt and(Agreed next) {
    List<Agreed> longer = new ArrayList<>(history);
    longer.add(next);
    return with(longer, signers, changes);
  }

  /** The receipt with all that has changed while it ran. */
  public Receipt with(List<SuiteChange> now) {
    return with(history, signers, now);
  }

  private Receipt with(List<Agreed> handshakes, Signers by, List<SuiteChange> now) {
    return new Receipt(
        session,
        client,
        clientKey,
        device,
        deviceKey,
        target,
        rule,
        clientProviders,
        deviceProviders,
        handshakes,
        by,
        now);
  }

  /** The receipt after a handshake with these signers: whoever did not sign it counts no more. */
  public Receipt signedBy(Signers now) {
    return with(
        history,
        new Signers(
            signers.client().filter(now.client().stream().toList()::contains),
            signers.device().filter(now.device().stream().toList()::contains)),
        changes);
  }

  /** The last handshake. */
  public Agreed last() {
    return history.get(history.size() - 1);
  }

  /** The suite that it runs under. */
  public Suite suite() {
    return changes.stream()
        .filter(change -> change.link() == history.size() - 1)
        .reduce((earlier, later) -> later)
        .map(SuiteChange::suite)
        .orElse(last().suite());
  }

  private Stream<Suite> suites() {
    return Stream.concat(
        history.stream().map(Agreed::suite), changes.stream().map(SuiteChange::suite));
  }

  /** The lowest level that the session has had. */
  public Level level() {
    return suites().map(Suite::level).min(Level::compareTo).orElseThrow();
  }

  /**
   * Against whom its content stays secret, by the weakest suite it has had; said apart from {@link
   * #authentication}.
   */
  public String secrecy() {
    return suites().min(Comparator.comparing(Suite::level)).orElseThrow().secrecy();
  }

  /** Whether both ends signed by what no quantum computer forges. */
  public boolean postQuantumAuthenticated() {
    return signers.client().isPresent() && signers.device().isPresent();
  }

  /**
   * How the ends know each other. Who signed is known as long as one of the kinds stands; a
   * signature of today cannot be forged later.
   */
  public String authentication() {
    return postQuantumAuthenticated()
        ? BOTH + " by both ends (stands quantum computers, from the first contact on)"
        : "classical (client: "
            + kinds(signers.client())
            + "; device: "
            + kinds(signers.device())
            + ")";
  }

  /** The kinds of signature of the client, and of the device. */
  public static String kinds(Optional<Fingerprint> postQuantum) {
    return postQuantum.isPresent() ? BOTH : RSA;
  }

  /** The whole receipt, one fact a line, the same at both ends. */
  public List<String> lines() {
    return ReceiptLines.of(this);
  }
}
