package org.noports.api.ssh;

/** The host key of the SSH server that is built in here. */
public interface SshHostKey {
  /** Its fingerprint, {@code SHA256:…} as OpenSSH prints it. */
  String fingerprint();
}
