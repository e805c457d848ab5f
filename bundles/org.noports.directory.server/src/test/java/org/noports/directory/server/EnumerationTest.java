package org.noports.directory.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import org.junit.Test;
import org.noports.testkit.tls.TlsLine;

/** Who guesses names is slowed down; who knows one, or says nothing, never. */
public class EnumerationTest extends DirectoryFixture {
  private static final int PENALTY_MILLIS = 1500;

  /** Longer than a slow machine takes to answer a few questions. */
  private static final int LONG_PENALTY_MILLIS = 45_000;

  private void twoGuessesThenGuarded(int penaltyMillis) throws Exception {
    directory.apply(
        settings(
            ca.issue("first", "localhost", "127.0.0.1"),
            penaltyMillis,
            new CallerLimits(4, 2, 1, 2, 16)));
    for (int i = 0; i < 2; i++) {
      try (TlsLine line = connect()) {
        assertThat(line.read(), is("@"));
        assertThat(ask(line, "nobody" + i), is("null\r\n@"));
      }
    }
  }

  @Test
  public void aGuessOnANewConnectionWaitsAndTheNextEndsIt() throws Exception {
    twoGuessesThenGuarded(PENALTY_MILLIS);
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      long asked = System.nanoTime();
      assertThat(ask(line, "nobody3"), is("null\r\n@"));
      assertThat(millisSince(asked), is(greaterThanOrEqualTo(PENALTY_MILLIS - 5L)));
      assertThat(ask(line, "nobody4"), is("<end>"));
      assertThat(directory.check().message(), containsString("2 guesses slowed down"));
    }
  }

  @Test
  public void hitsAndBlankLinesOfThatAddressAreAnsweredAtOnce() throws Exception {
    twoGuessesThenGuarded(LONG_PENALTY_MILLIS);
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      long asked = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(ask(line, "alice"), is(HOME + "\r\n@"));
        line.send("\r\n");
        assertThat(line.read(), is("null\r\n@"));
      }
      assertThat(millisSince(asked), is(lessThan((long) LONG_PENALTY_MILLIS)));
    }
  }

  @Test
  public void whoAsksBeforeThePromptWaitsForItsTurnToo() throws Exception {
    twoGuessesThenGuarded(PENALTY_MILLIS);
    long begun = System.nanoTime();
    try (TlsLine first = connect();
        TlsLine second = connect()) {
      assertThat(first.read(), is("@"));
      second.send("alice\n");
      assertThat(second.read(), is("@"));
      assertThat(millisSince(begun), is(greaterThanOrEqualTo(300L)));
      assertThat(second.read(), is(HOME + "\r\n@"));
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
