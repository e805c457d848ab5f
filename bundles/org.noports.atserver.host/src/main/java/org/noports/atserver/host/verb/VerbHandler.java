package org.noports.atserver.host.verb;

import java.util.concurrent.CompletionStage;
import org.noports.protocol.verb.Response;
import org.noports.protocol.verb.Verb;

/**
 * Does what a verb asks. Stateless; may be called on an I/O loop, so it returns at once.
 *
 * @param <V> the verb
 */
interface VerbHandler<V extends Verb> {
  /**
   * Answers the verb.
   *
   * <p>Throws, or fails with, {@link org.noports.atserver.host.tenant.Refusal} for what the peer
   * did wrong, and whatever store and peers fail with.
   */
  CompletionStage<Response> handle(V verb, Dialogue dialogue);
}
