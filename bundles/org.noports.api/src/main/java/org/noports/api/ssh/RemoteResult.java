package org.noports.api.ssh;

import static java.util.Objects.requireNonNull;

/**
 * What a remote command left.
 *
 * @param exitStatus its exit status
 * @param output its standard output, read as UTF-8
 * @param errors its standard error, read as UTF-8
 */
public record RemoteResult(int exitStatus, String output, String errors) {
  public RemoteResult {
    requireNonNull(output, "output is null");
    requireNonNull(errors, "errors is null");
  }
}
