package org.noports.atserver.host;

import org.junit.Rule;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Every verb over a real socket, as written down in {@code transcripts/}. */
@RunWith(Parameterized.class)
public class TranscriptsTest {
  @Rule public final TestHost host = new TestHost();

  private final String name;

  public TranscriptsTest(String name) {
    this.name = name;
  }

  @Parameters(name = "{0}")
  public static Object[] transcripts() {
    return new Object[] {
      "strangers.txt",
      "authentication.txt",
      "onboarding.txt",
      "enroll-onboarding.txt",
      "enroll-device.txt",
      "enroll-forms.txt",
      "enroll-states.txt",
      "enroll-access.txt",
      "enroll-managers.txt",
      "otp.txt",
      "keys.txt",
      "pkam.txt",
      "update.txt",
      "lookup.txt",
      "scan.txt",
      "delete.txt",
      "notify.txt",
      "visitors.txt",
      "monitor.txt",
      "sync.txt",
      "stats.txt",
      "config.txt",
      "errors.txt",
      "batch.txt",
      "small-verbs.txt"
    };
  }

  @Test
  public void theConversationGoesAsWrittenDown() throws Exception {
    Transcript.replay(name, host);
  }
}
