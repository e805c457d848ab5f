package org.noports.api.policy;

/** What a client asks a device for. Each is decided on. */
public enum RequestKind {
  /** Is the device there, and what can it do. */
  PING,
  /** A tunnel to a target (npt_request), or a connection to one inside a session. */
  TUNNEL,
  /** Datagrams to a target, inside a session. */
  UDP,
  /** To have the device listen for the client, for as long as a session lasts. */
  LISTEN,
  /** An SSH session (ssh_request). */
  SSH,
  /** To add an SSH public key to the device's authorized keys. */
  PUBLIC_KEY
}
