package org.noports.ssh.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The account of the device that sessions run as.
 *
 * @param name its login name
 * @param group the number of its first group; empty if it is our own
 * @param home its home folder
 * @param own whether this process runs as it
 */
public record Account(String name, String group, Path home, boolean own) {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]{0,31}");

  public Account {
    requireNonNull(name, "name is null");
    requireNonNull(group, "group is null");
    requireNonNull(home, "home is null");
  }

  /** The account that this process runs as. */
  public static Account ofThisProcess() {
    return new Account(
        System.getProperty("user.name"), "", Path.of(System.getProperty("user.home")), true);
  }

  /**
   * The account of that name; blank for our own.
   *
   * @throws IOException with a full sentence, if there is none, or we may not become it
   */
  public static Account of(String name) throws IOException {
    Account own = ofThisProcess();
    if (name.isBlank() || name.equals(own.name())) {
      return own;
    }
    if (!NAME.matcher(name).matches()) {
      throw new IOException("'" + name + "' is no account name");
    }
    if (!isRoot()) {
      throw new IOException(
          "Only root can run commands as another account: start this process as '"
              + name
              + "', or leave 'user' empty to use "
              + own.name());
    }
    String[] fields = entry(name).split(":");
    if (fields.length < 6) {
      throw new IOException("There is no account '" + name + "' on this machine");
    }
    return new Account(name, fields[3], Path.of(fields[5]), false);
  }

  private static boolean isRoot() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
  }

  private static String entry(String name) throws IOException {
    Process getent = new ProcessBuilder("getent", "passwd", name).start();
    return new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** What goes before a command's words so that it runs as this account. */
  List<String> prefix() {
    return own
        ? List.of()
        : List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--init-groups", "--");
  }
}
