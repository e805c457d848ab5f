package org.noports.shell;

import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.DeviceAddress;
import org.noports.api.NoPortsException;
import org.noports.api.Target;
import org.noports.api.ssh.SshConfig;
import org.noports.api.ssh.SshHost;

/** {@code noports:ssh-config}: the lines that let OpenSSH's programs reach a device by name. */
@Service
@Command(
    scope = "noports",
    name = "ssh-config",
    description = "Prints what ssh_config needs to reach a device by name",
    detailedDescription = "classpath:ssh-config.txt")
public final class SshConfigCommand extends NoPortsAction {
  @Argument(
      name = "device",
      required = true,
      description = "@device, or dev1@device",
      multiValued = true)
  @Completion(AtSignCompleter.class)
  private List<String> words = List.of();

  @Option(name = "--name", aliases = "-d", description = "Device name, unless written dev1@device")
  private String name;

  @Option(
      name = "--as",
      description = "The name to type behind ssh; dev1.device unless said otherwise")
  private String as;

  @Option(name = "--user", aliases = "-u", description = "The account at the device")
  private String user;

  @Option(
      name = "--to",
      description = "Its SSH server: host:port or service:NAME, as the device sees it")
  private String to = "localhost:22";

  @Option(name = "--from", aliases = "-f", description = "Your atSign")
  @Completion(AtSignCompleter.class)
  private String from;

  @Option(name = "--relay", aliases = "-r", description = "The relay's atSign")
  @Completion(RelayCompleter.class)
  private String relay;

  @Option(
      name = "--expect",
      description = "The device's fingerprint, as noports:keys-show prints it there")
  private String expect;

  @Option(
      name = "--session-key",
      description =
          "Log in by a key that the device makes for each session; none of your agent's is tried")
  private boolean sessionKey;

  @Override
  protected void run() throws NoPortsException {
    String asked = only("device", words);
    DeviceAddress device = DeviceArgument.of(asked, Optional.ofNullable(name));
    SshHost host =
        new SshHost(
            Optional.ofNullable(as).orElse(device.name() + "." + bare(device.atSign())),
            device,
            Target.of(to),
            Optional.ofNullable(user),
            Optional.ofNullable(from).map(AtSign::of),
            Optional.ofNullable(relay).map(AtSign::of),
            Optional.ofNullable(expect),
            sessionKey);
    out().print(here().require(SshConfig.class, "noports-ssh-client").fragment(host));
  }

  private static String bare(AtSign atSign) {
    return atSign.name().substring(1);
  }
}
