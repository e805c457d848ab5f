package org.noports.atserver.host.peer;

import java.util.concurrent.CompletionStage;

/** Shows another atServer that it is us who call. */
public interface PolProof {
  /**
   * Signs what the other asked for and publishes the signature where it will look.
   *
   * @param session the session's name the other gave, with our atSign behind it
   * @param proof what is to be signed
   */
  CompletionStage<Void> publish(String session, String proof);
}
