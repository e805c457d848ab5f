package org.noports.transport;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Decides who gets past TCP at all, before anything is spent on TLS. Called on I/O loops: return at
 * once. Thread-safe.
 */
public interface LineGate {
  /**
   * Somebody has connected.
   *
   * @return what to run, once, when they are gone or known ({@link LineChannel#known}); empty to
   *     hang up without a word
   */
  Optional<Runnable> enter(InetAddress from);

  /** One that lets everybody in and counts nobody. */
  LineGate OPEN = from -> Optional.of(() -> {});
}
