package org.noports.protocol.relay;

import static org.junit.Assert.assertEquals;
import static org.noports.protocol.relay.RelayAuthDetection.READ_LINE;
import static org.noports.protocol.relay.RelayAuthDetection.REFUSE;
import static org.noports.protocol.relay.RelayAuthDetection.SEND_CHALLENGE;
import static org.noports.protocol.relay.RelayAuthDetection.WAIT;
import static org.noports.protocol.session.RelayAuthMode.ESCR;
import static org.noports.protocol.session.RelayAuthMode.PAYLOAD;

import java.util.Optional;
import org.junit.Test;
import org.noports.protocol.session.RelayAuthMode;

public class RelayAuthDetectionTest {
  private static RelayAuthDetection decide(RelayAuthMode known, Character first, boolean over) {
    return RelayAuthDetection.decide(
        Optional.ofNullable(known),
        Optional.ofNullable(first).map(c -> (byte) c.charValue()),
        over);
  }

  @Test
  public void whoSpeaksFirstSpeaksASignedLine() {
    assertEquals(READ_LINE, decide(null, '{', false));
    assertEquals(READ_LINE, decide(null, '{', true));
    assertEquals(READ_LINE, decide(PAYLOAD, '{', false));
    assertEquals(REFUSE, decide(null, 'G', false));
    assertEquals(REFUSE, decide(PAYLOAD, 'S', false));
  }

  @Test
  public void whoIsSilentGetsAChallengeWhenTheWindowIsOver() {
    assertEquals(WAIT, decide(null, null, false));
    assertEquals(SEND_CHALLENGE, decide(null, null, true));
  }

  @Test
  public void aKnownModeNeedsNoWindow() {
    assertEquals(SEND_CHALLENGE, decide(ESCR, null, false));
    assertEquals(WAIT, decide(PAYLOAD, null, true));
    assertEquals(REFUSE, decide(ESCR, '{', false));
  }
}
