package org.noports.relay.server;

import org.junit.Test;

/** The wire, byte for byte, against recorded conversations. */
public class TranscriptTest {
  @Test
  public void signedLinesAreFollowedByPayloadInBothDirections() throws Exception {
    Transcript.play("signed-line.txt");
  }

  @Test
  public void challengeAnswerAndVerdictAreFollowedByPayload() throws Exception {
    Transcript.play("challenge.txt");
  }

  @Test
  public void whoeverProvesNothingIsToldOrNotAsItsGenerationExpects() throws Exception {
    Transcript.play("refused.txt");
  }
}
