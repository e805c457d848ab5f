package org.noports.api.tunnel;

import java.util.concurrent.CompletionStage;
import org.noports.api.stream.ByteStream;

/** Dials our side of one session at its relay, authenticated; called once for each connection. */
@FunctionalInterface
public interface RelayLeg {
  /** Fails with {@link org.noports.api.RelayUnavailable}. */
  CompletionStage<ByteStream> dial();
}
