package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.api.SessionId;
import org.noports.api.SessionRefused;
import org.noports.api.StoreFailed;
import org.noports.api.ssh.AuthorizedKeys;

/** The account's keys, by the settings of now. */
public final class AccountKeys implements AuthorizedKeys {
  /** Streams and relayed connections reach sshd from this machine. */
  private static final String FROM_HERE = "from=\"127.0.0.1,::1\"";

  /** A public key as ssh-keygen writes it, with a comment or without. */
  private static final Pattern PUBLIC_KEY =
      Pattern.compile(
          "(ecdsa-sha2-nistp(256|384|521)|rsa-sha2-(256|512)|ssh-rsa|ssh-ed25519|sk-[a-z0-9-]+@openssh\\.com)"
              + " [A-Za-z0-9+/]{40,4000}={0,2}( [^\\p{Cntrl}]{0,200})?");

  private final Supplier<KeySettings> settings;
  private final SessionGrants grants;
  private final KeyEvents events;

  /**
   * @param folder where it is noted which lines are to go
   * @param timer takes them back; the caller's to stop
   * @param retry how long after one could not be taken back that is tried again
   */
  public AccountKeys(
      Supplier<KeySettings> settings,
      Path folder,
      KeyEvents events,
      ScheduledExecutorService timer,
      Duration retry) {
    this.settings = settings;
    this.events = events;
    this.grants = new SessionGrants(folder, events, timer, retry);
  }

  /** Takes back what a former run left. */
  public void recover() {
    grants.recover(settings.get());
  }

  /** What could not be taken back; empty if nothing. */
  public String problem() {
    return grants.problem();
  }

  /** Takes back all that stands. */
  public void close() {
    grants.closeAll();
  }

  @Override
  public boolean grantsKeys() {
    return settings.get().file().isPresent();
  }

  @Override
  public boolean acceptsPublicKeys() {
    return grantsKeys() && settings.get().accepts();
  }

  @Override
  public HostPort sshd() {
    return new HostPort("localhost", settings.get().sshdPort());
  }

  @Override
  public Granted grant(SessionId session) throws SessionRefused, StoreFailed {
    return grant(session, FROM_HERE);
  }

  @Override
  public Granted grantForward(SessionId session) throws SessionRefused, StoreFailed {
    return grant(
        session,
        "command=\"echo \\\"ssh session complete\\\";sleep 20\",PermitOpen=\"" + sshd() + "\"");
  }

  private Granted grant(SessionId session, String restrictions) throws SessionRefused, StoreFailed {
    KeySettings now = settings.get();
    try {
      return grants.grant(now, file(now), session, restrictions);
    } catch (IOException e) {
      throw new StoreFailed("No key for session " + session + ": " + e.getMessage(), e);
    }
  }

  private static Path file(KeySettings now) throws SessionRefused {
    return now.file()
        .orElseThrow(
            () ->
                new SessionRefused(
                    "This device lets nobody write to its authorized_keys: its owner sets"
                        + " authorizedKeys in org.noports.ssh.cfg for that"));
  }

  @Override
  public boolean add(AtSign client, String publicKey) throws SessionRefused, StoreFailed {
    KeySettings now = settings.get();
    Path file = file(now);
    String key = publicKey.strip();
    if (!now.accepts()) {
      throw new SessionRefused(
          "This device takes no public keys: its owner sets acceptPublicKeys for that");
    }
    if (!PUBLIC_KEY.matcher(key).matches()) {
      throw new SessionRefused(
          "What " + client + " sent is not one line with one SSH public key; nothing was added");
    }
    String options = now.acceptOptions().isEmpty() ? "" : now.acceptOptions() + " ";
    String bare = String.join(" ", Arrays.copyOf(key.split(" "), 2));
    try {
      boolean added = now.keys(file, events).edit(KeyLines.addingUnless(bare, options + key));
      events.publicKeyAdded(client, added);
      return added;
    } catch (IOException e) {
      throw new StoreFailed("The key of " + client + " was not added: " + e.getMessage(), e);
    }
  }
}
