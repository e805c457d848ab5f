package org.noports.api.atserver;

import static java.util.Objects.requireNonNull;

import org.noports.api.AtSign;

/**
 * Whose value it is, for whom, and under which name: what its encryption is bound to, so that a
 * value cannot be passed off as another one.
 *
 * @param writer who encrypts
 * @param reader who decrypts
 * @param name the key with its namespace, for example {@code npt_request.dev1.sshnp}
 */
public record ValueAddress(AtSign writer, AtSign reader, String name) {
  public ValueAddress {
    requireNonNull(writer, "writer is null");
    requireNonNull(reader, "reader is null");
    requireNonNull(name, "name is null");
  }

  /** As it stands on the wire. */
  @Override
  public String toString() {
    return reader + ":" + name + writer;
  }
}
