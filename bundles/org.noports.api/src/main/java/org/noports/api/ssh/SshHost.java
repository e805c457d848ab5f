package org.noports.api.ssh;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.Target;
import org.noports.api.identity.Fingerprint;

/**
 * A device as people call it when they use ssh.
 *
 * @param name what is typed behind {@code ssh}
 * @param device which device that is
 * @param target where its SSH server is, as the device sees it
 * @param user the account to ask for; empty for what ssh asks for by itself
 * @param from which of our atSigns asks; empty for the configured one
 * @param relay through which relay; empty for the configured one, or the nearest
 * @param expect the fingerprint that the device's own key must have; empty to believe what is known
 * @param sessionKey whether ssh is to log in by a key of the session's, which the device makes
 */
public record SshHost(
    String name,
    DeviceAddress device,
    Target target,
    Optional<String> user,
    Optional<AtSign> from,
    Optional<AtSign> relay,
    Optional<String> expect,
    boolean sessionKey) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]{0,62}");

  public SshHost {
    check(NAME, requireNonNull(name, "name is null"), "a host's name for ssh");
    requireNonNull(device, "device is null");
    requireNonNull(target, "target is null");
    user.ifPresent(account -> check(USER, account, "an account's name"));
    requireNonNull(from, "from is null");
    requireNonNull(relay, "relay is null");
    expect = expect.map(Fingerprint::requireWritten);
  }

  /** Where ssh logs in by keys of the person's own. */
  public SshHost(
      String name,
      DeviceAddress device,
      Target target,
      Optional<String> user,
      Optional<AtSign> from,
      Optional<AtSign> relay,
      Optional<String> expect) {
    this(name, device, target, user, from, relay, expect, false);
  }

  private static void check(Pattern allowed, String text, String what) {
    if (!allowed.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not "
              + what
              + ": use letters, digits, '.', '_' and '-', first no '.' or '-'");
    }
  }
}
