package org.noports.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.noports.api.AtSign;
import org.noports.api.SessionId;
import org.noports.api.audit.AuditEvent;
import org.noports.api.stream.StreamOrigin;
import org.noports.ssh.keys.KeyEvents;
import org.noports.ssh.recording.RecordingEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every event sentence of this bundle. */
final class SshLog implements KeyEvents, RecordingEvents {
  private static final Logger LOG = LoggerFactory.getLogger("org.noports.ssh");

  private final Consumer<AuditEvent> audit;

  /** Nothing of it is kept beside the log. */
  SshLog() {
    this(event -> {});
  }

  /**
   * @param audit keeps what auditors ask for
   */
  SshLog(Consumer<AuditEvent> audit) {
    this.audit = audit;
  }

  void serving(String fingerprint, Path file) {
    LOG.info(
        "ssh-serving: the built-in SSH server answers with host key {} from {}", fingerprint, file);
  }

  void unusable(Path hostKey, Exception cause) {
    LOG.error(
        "ssh-unusable: no SSH with host key {} until this is set right: {}",
        hostKey,
        cause.toString());
  }

  void notVouched(String why) {
    LOG.error(
        "ssh-host-keys-unread: host keys of sshd that this device should sign for cannot be read,"
            + " and without any no session goes to sshd: {}",
        why);
  }

  @Override
  public void begun(StreamOrigin who, Path file) {
    LOG.info(
        "ssh-recording: what {} does in session {} is recorded in {}",
        who.client(),
        who.session(),
        file);
    tell("ssh-recording", who, "file", file.getFileName().toString());
  }

  @Override
  public void failed(StreamOrigin who, String why) {
    LOG.error(
        "ssh-recording-failed: what {} did in session {} ends, because it cannot be recorded: {}",
        who.client(),
        who.session(),
        why);
    tell("ssh-recording-failed", who, "reason", why);
  }

  void agreed(StreamOrigin who, String exchange) {
    LOG.info(
        "ssh-key-exchange: {} with {}, inside session {}", exchange, who.client(), who.session());
    tell("ssh-key-exchange", who, "exchange", exchange);
  }

  private void tell(String event, StreamOrigin who, String name, String value) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("session", who.session().toString());
    details.put("client", who.client().toString());
    details.put("device", who.device().toString());
    details.put(name, value);
    audit.accept(new AuditEvent(Instant.now(), event, details));
  }

  void accepted(StreamOrigin origin) {
    LOG.info(
        "ssh-accepted: {} on {}, session {}", origin.client(), origin.device(), origin.session());
  }

  void turnedAway(StreamOrigin origin, String reason) {
    LOG.warn("ssh-turned-away: {}, session {}: {}", origin.client(), origin.session(), reason);
  }

  @Override
  public void granted(SessionId session, Path file) {
    LOG.info("ssh-key-granted: session {} may log in by a key in {} for moments", session, file);
  }

  @Override
  public void recovered(Path file) {
    LOG.warn("ssh-key-recovered: a key whose time was over long ago was taken out of {}", file);
  }

  @Override
  public void notTakenBack(IOException why) {
    LOG.error(
        "ssh-key-stays: a session's key could not be taken back; it is tried again: {}",
        why.getMessage());
  }

  @Override
  public void notBroughtOver(Path file, IOException why) {
    LOG.error(
        "ssh-key-line-lost: a line that somebody appended to {} at the same moment may be lost: {}",
        file,
        why.getMessage());
  }

  @Override
  public void publicKeyAdded(AtSign client, boolean added) {
    LOG.info("ssh-public-key: {} left a key{}", client, added ? "" : ", which stood there already");
  }

  void keysUnusable(String why) {
    LOG.error("ssh-keys-unusable: no session gets a key until this is set right: {}", why);
  }
}
