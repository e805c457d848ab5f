package org.noports.api.tunnel;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A running session has fresh keys on the link it has, perhaps under another suite: what one end
 * saw of it. Link, epoch, suite and who had offered are the same at both ends.
 *
 * @param at when, by this machine's clock
 * @param link which of the session's links, from 0
 * @param epoch which root on that link; the handshake's is 0
 * @param from the suite before
 * @param suite the suite since then
 * @param byClient whether the client had offered; otherwise the device
 * @param cause why, in one clause; the other end's reasons are not known
 * @param providers bundles that compute the suite at this end, with their versions
 */
public record SuiteChange(
    Instant at,
    int link,
    int epoch,
    Suite from,
    Suite suite,
    boolean byClient,
    String cause,
    String providers) {
  public SuiteChange {
    requireNonNull(at, "at is null");
    requireNonNull(from, "from is null");
    requireNonNull(suite, "suite is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(providers, "providers is null");
  }

  /** Whether the session runs under another suite than before; otherwise the keys alone are new. */
  public boolean isSwap() {
    return !from.equals(suite);
  }
}
