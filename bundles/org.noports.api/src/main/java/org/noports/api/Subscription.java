package org.noports.api;

/** Ends hearing when closed; nothing is delivered after {@link #close} has returned. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
