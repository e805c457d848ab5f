package org.noports.api.ssh;

import org.noports.api.StoreFailed;

/** Tells OpenSSH's programs how to reach devices through this instance (ssh_config(5)). */
public interface SshConfig {
  /**
   * The lines of {@code ssh_config} that make ssh and all that uses it reach the device by {@code
   * host.name()}: through {@code noports proxy}, and with a host key that is the device's own and
   * asked about never. Ends with a line feed.
   *
   * @throws StoreFailed if there is no place for the host keys that will be known
   */
  String fragment(SshHost host) throws StoreFailed;
}
