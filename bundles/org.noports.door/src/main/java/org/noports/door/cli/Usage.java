package org.noports.door.cli;

/** What {@code noports help} says of this program itself; the instance adds its commands. */
final class Usage {
  static final String TEXT =
      """
      Usage: noports [--instance NAME | --home FOLDER | --system] COMMAND [ARGUMENTS]

      This program
        up [--service]     start an instance that stays (--service: in the foreground)
        down               end it
        status             what runs
        console            Karaf's shell
        proxy DEVICE       stdin and stdout are a connection to its sshd: for ssh's ProxyCommand
        help [COMMAND]     this, or a command's own help with an example
        --version          version, commit, JDK and providers in use

      A command starts an instance for you where none runs; that one ends itself when idle.

      """;

  private Usage() {}
}
