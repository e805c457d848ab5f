package org.noports.directory.server;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.Test;
import org.noports.api.AtSign;
import org.noports.api.HostPort;
import org.noports.testkit.Eventually;
import org.noports.testkit.tls.TlsLine;

/** What foreign clients of the atDirectory depend on (docs/protocol/atprotocol.md §1, §13). */
public class LookupsTest extends DirectoryFixture {
  /** Longer than a slow machine takes to answer a few questions. */
  private static final int LONG_PENALTY_MILLIS = 45_000;

  private static final String ANSWER = "1b5e0a8c.example.net:6943\r\n@";

  @Test
  public void aKnownNameIsAnsweredWithAddressAndPromptInOneRecord() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice"), is(ANSWER));
    }
  }

  @Test
  public void severalNamesAreAnsweredOnOneConnection() throws Exception {
    directory.register(AtSign.of("@bob"), new HostPort("localhost", 6464));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice"), is(ANSWER));
      assertThat(ask(line, "bob\r"), is("localhost:6464\r\n@"));
      assertThat(ask(line, "alice"), is(ANSWER));
    }
  }

  @Test
  public void upperCaseBlanksAndALeadingAtAreTolerated() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, " ALICE "), is(ANSWER));
      assertThat(ask(line, "@Alice"), is(ANSWER));
    }
  }

  @Test
  public void emojiNamesTravelAsUtf8() throws Exception {
    directory.register(AtSign.of("@alice\uD83D\uDEE0"), new HostPort("localhost", 1));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "alice\uD83D\uDEE0"), is("localhost:1\r\n@"));
      assertThat(ask(line, "ALICE\uD83D\uDEE0"), is("localhost:1\r\n@"));
    }
  }

  @Test
  public void aBlankLineIsAnsweredButIsNoMiss() throws Exception {
    directory.apply(settings(ca.issue("first", "localhost", "127.0.0.1"), LONG_PENALTY_MILLIS));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        line.send("\r\n");
        assertThat(line.read(), is("null\r\n@"));
      }
      assertThat(ask(line, "nobody"), is("null\r\n@"));
      assertThat(millisSince(start), is(lessThan((long) LONG_PENALTY_MILLIS)));
    }
  }

  @Test
  public void theSecondMissWaitsAndTheThirdEndsTheConnection() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "nobody"), is("null\r\n@"));

      long second = System.nanoTime();
      assertThat(ask(line, "nobody2"), is("null\r\n@"));
      assertThat(millisSince(second), is(greaterThanOrEqualTo(295L)));

      long third = System.nanoTime();
      assertThat(ask(line, "nobody3"), is("<end>"));
      assertThat(millisSince(third), is(greaterThanOrEqualTo(295L)));
    }
  }

  @Test
  public void exitEndsTheConnectionWithoutAnAnswer() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "@exit"), is("<end>"));
    }
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      line.send("@exit");
      assertThat(line.read(), is("<end>"));
    }
  }

  @Test
  public void aNameOf255CharactersIsReadAndALongerOneEndsTheConnection() throws Exception {
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "\u00e9".repeat(255)), is("null\r\n@"));
    }
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      assertThat(ask(line, "a".repeat(256)), is("<end>"));
    }
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      line.send("a".repeat(5000));
      assertThat(line.read(), is("<end>"));
    }
  }

  @Test
  public void garbageEndsItsOwnConnectionOnly() throws Exception {
    try (TlsLine good = connect();
        TlsLine bad = connect()) {
      assertThat(bad.read(), is("@"));
      bad.send("\u0000\u0001{\"alice\"}\n");
      assertThat(bad.read(), is("null\r\n@"));
      assertThat(good.read(), is("@"));
      assertThat(ask(good, "alice"), is(ANSWER));
    }
  }

  @Test
  public void namesThatComeTogetherAreAnsweredInOrderAndBeforeTheEnd() throws Exception {
    int names = 500;
    for (int i = 0; i < 10; i++) {
      directory.register(AtSign.of("@name" + i), new HostPort("localhost", i + 1));
    }
    StringBuilder asked = new StringBuilder();
    StringBuilder expected = new StringBuilder("@");
    for (int i = 0; i < names; i++) {
      asked.append("name").append(i % 10).append('\n');
      expected.append("localhost:").append(i % 10 + 1).append("\r\n@");
    }
    try (TlsLine line = connect()) {
      line.send(asked + "@exit\n");
      StringBuilder heard = new StringBuilder();
      for (String said = line.read(); !said.equals("<end>"); said = line.read()) {
        heard.append(said);
      }
      assertThat(heard.toString(), is(expected.toString()));
    }
  }

  @Test
  public void whoNeverEndsALineIsSentAway() throws Exception {
    Settings now = settings(ca.issue("first", "localhost", "127.0.0.1"), 300);
    directory.apply(idle(now, 1));
    try (TlsLine line = connect()) {
      assertThat(line.read(), is("@"));
      line.send("ali");
      assertThat(line.read(), is("<end>"));
    }
  }

  @Test
  public void noiseInsteadOfTlsEndsItsOwnConnectionOnly() throws Exception {
    try (TlsLine good = connect();
        Socket noise = new Socket("127.0.0.1", directory.address().port())) {
      noise.setSoTimeout(60_000);
      byte[] bytes = new byte[4096];
      new Random(1).nextBytes(bytes);
      noise.getOutputStream().write(bytes);
      assertThat(endOf(noise), is(true));
      assertThat(good.read(), is("@"));
      assertThat(ask(good, "alice"), is(ANSWER));
    }
  }

  /** Whatever alert comes before: an end in order, or a reset since bytes were left unread. */
  private static boolean endOf(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  public void oneConnectionTooManyIsClosedAndTheOthersGoOn() throws Exception {
    try (TlsLine one = connect();
        TlsLine two = connect();
        TlsLine three = connect()) {
      assertThat(one.read() + two.read() + three.read(), is("@@@"));
      assertThrows(IOException.class, this::connect);
      assertThat(ask(one, "alice"), is(ANSWER));
      assertThat(directory.check().message(), containsString("1 connections were turned away"));
    }
  }

  @Test
  public void whoConnectsAndShakesNoHandsTakesPlacesToo() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        silent.add(new Socket("127.0.0.1", directory.address().port()));
      }
      Eventually.holds(() -> directory.check().message().contains("2 connections were turned"));
    } finally {
      for (Socket each : silent) {
        each.close();
      }
    }
    Eventually.holds(this::isServed);
  }

  private boolean isServed() {
    try (TlsLine line = connect()) {
      return line.read().equals("@") && ask(line, "alice").equals(ANSWER);
    } catch (IOException refused) {
      return false;
    }
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
