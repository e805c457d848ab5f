package org.noports.ssh;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of {@code org.noports.ssh}; without it there is no built-in SSH server. */
@ObjectClassDefinition(name = "Built-in SSH server")
public @interface SshServerConfig {
  @AttributeDefinition(
      name = "Shell",
      description =
          "Absolute path of the program that runs commands, as SHELL -c COMMAND, and that people"
              + " get, as SHELL -l.")
  String shell() default "/bin/sh";

  @AttributeDefinition(
      name = "User",
      description =
          "The account that everything runs as. Empty: the one that runs this process; another"
              + " one takes a process of root's, and setpriv of util-linux.")
  String user() default "";

  @AttributeDefinition(
      name = "Host key",
      description =
          "File of the server's host key; made at first start, readable by its owner only."
              + " Clients know the server by it, so it must outlive restarts.")
  String hostKey() default "data/ssh/host-key";

  @AttributeDefinition(
      name = "Accepted variables",
      description =
          "Comma-separated names of environment variables that clients may set, with * at the end"
              + " for any; others could change what programs do. At most 64 of 32768 characters.")
  String acceptEnv() default "LANG,LC_*,COLORTERM";

  @AttributeDefinition(
      name = "Folder of files",
      description =
          "Absolute path of the folder that sftp and scp see as /; links that lead out of it are"
              + " refused, and none are made. Empty: no sftp. Not with another user than this"
              + " process's, whose rights it has. A shell reaches what the account reaches.")
  String sftpRoot() default "";

  @AttributeDefinition(
      name = "X11",
      description =
          "Whether programs here may show windows at the client (ssh -X): it takes xauth, and"
              + " listens on a loopback port for each connection that asks for it.")
  boolean x11() default false;

  @AttributeDefinition(
      name = "Agent",
      description =
          "Whether programs here may use the client's SSH agent (ssh -A), through a socket that"
              + " only the account can open. Root of this machine can use it too.")
  boolean agent() default false;

  @AttributeDefinition(
      name = "Most connections",
      min = "1",
      max = "10000",
      description = "SSH connections at once: each takes threads and processes.")
  int maxConnections() default 100;

  @AttributeDefinition(
      name = "Most channels",
      min = "1",
      max = "10000",
      description =
          "Shells, commands and forwarded connections at once of one SSH connection, so that one"
              + " client cannot take the processes of all.")
  int maxChannels() default 64;

  @AttributeDefinition(
      name = "Authorized keys",
      description =
          "The file in which sessions are given keys for the device's own sshd, usually"
              + " ~/.ssh/authorized_keys (of the account in 'user'). Empty: sessions get none,"
              + " and ssh_request is refused. A link is not followed.")
  String authorizedKeys() default "";

  @AttributeDefinition(
      name = "Port of sshd",
      min = "1",
      max = "65535",
      description = "Where the device's own sshd listens on localhost, for ssh_request.")
  int sshdPort() default 22;

  @AttributeDefinition(
      name = "Host keys of sshd",
      description =
          "Comma-separated absolute paths of the public host keys of the device's own sshd; the last"
              + " part may have a *. This device's atSign signs for them, so that clients refuse"
              + " any other key and ask nobody. Empty: clients believe the first key they meet.")
  String sshdHostKeys() default "";

  @AttributeDefinition(
      name = "Seconds of a key",
      min = "1",
      max = "300",
      description =
          "How long a session's key stays authorised: a login begins within it, and goes on"
              + " after it. After a crash the key goes at the next start, and sshd itself takes"
              + " it no more a minute later.")
  int keySeconds() default 15;

  @AttributeDefinition(
      name = "Options of a session's key",
      description = "In sshd's form, beside our own, for example no-agent-forwarding,no-pty.")
  String keyOptions() default "";

  @AttributeDefinition(
      name = "Accept public keys",
      description =
          "Whether clients whom the policy permits it may leave their public keys in the file"
              + " (sshpublickey), for good: whoever has such a key needs no session of ours.")
  boolean acceptPublicKeys() default false;

  @AttributeDefinition(
      name = "Options of clients' keys",
      description =
          "In sshd's form, for example from=\"127.0.0.1,::1\", so that they are good"
              + " through the tunnel only.")
  String publicKeyOptions() default "from=\"127.0.0.1,::1\"";

  @AttributeDefinition(
      name = "Auditor's key",
      description =
          "File of the public key that recordings are sealed to, as noports recording-key writes it:"
              + " only its private half opens them. Empty: nothing can be recorded, and who has to"
              + " be by the policy is refused.")
  String auditorKey() default "";

  @AttributeDefinition(
      name = "Recordings",
      description = "Folder of recordings, for this process's account alone.")
  String recordings() default "data/ssh/recordings";

  @AttributeDefinition(
      name = "Most bytes of a recording",
      min = "65536",
      description =
          "As long as one shell's or command's recording may become: it ends with that, because it"
              + " must not go on unrecorded.")
  long maxRecordingBytes() default 104_857_600L;

  @AttributeDefinition(
      name = "Free bytes",
      min = "0",
      description =
          "How much of the disk recordings leave free: with less, recorded sessions end and none"
              + " begins, so that nobody fills the disk by what is recorded of him.")
  long recordingFreeBytes() default 268_435_456L;
}
