package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class GreetingTest {
  private static final String POST_QUANTUM = "sntrup761x25519-sha512@openssh.com";

  /** As RFC 4253 7.1 lays it out, up to the names of ciphers and what follows them. */
  private static byte[] greeting(String before, String exchanges) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(before.getBytes(StandardCharsets.US_ASCII));
    out.writeInt(2 + 16 + 4 + exchanges.length() + 4 + 6);
    out.write(6);
    out.write(20);
    out.write(new byte[16]);
    out.writeInt(exchanges.length());
    out.write(exchanges.getBytes(StandardCharsets.US_ASCII));
    out.writeInt(0);
    out.write(new byte[6]);
    return bytes.toByteArray();
  }

  private static Optional<List<String>> read(byte[] said, int piece) {
    Greeting greeting = new Greeting();
    for (int at = 0; at < said.length; at += piece) {
      byte[] part = Arrays.copyOfRange(said, at, Math.min(said.length, at + piece));
      greeting.passes(part, part.length);
    }
    return greeting.exchanges();
  }

  @Test
  public void whatIsOfferedIsReadHoweverItIsCutIntoPieces() throws Exception {
    byte[] said = greeting("Be welcome.\r\nSSH-2.0-OpenSSH_9.2\r\n", POST_QUANTUM + ",curve25519");
    for (int piece : List.of(1, 7, said.length)) {
      assertEquals(Optional.of(List.of(POST_QUANTUM, "curve25519")), read(said, piece));
    }
  }

  @Test
  public void theClientsFavouriteOfThoseThatBothHaveIsTaken() {
    assertEquals(
        Optional.of("b"), Greeting.agreed(List.of("a", "ext-info-c", "b", "c"), List.of("c", "b")));
    assertEquals(Optional.empty(), Greeting.agreed(List.of("a"), List.of("b")));
    assertEquals(
        Optional.empty(), Greeting.agreed(List.of("ext-info-c", "a"), List.of("ext-info-c")));
  }

  @Test
  public void whatIsNoSshIsLookedAtNoLonger() throws Exception {
    assertEquals(Optional.empty(), read(new byte[100_000], 1_000));
    assertEquals(Optional.empty(), read("GET / HTTP/1.1\r\n\r\n".getBytes(), 100));
    byte[] tooLong = greeting("SSH-2.0-x\r\n", "a");
    tooLong["SSH-2.0-x\r\n".length()] = 0x7f;
    assertEquals(Optional.empty(), read(tooLong, 100));
    byte[] cutShort = Arrays.copyOf(greeting("SSH-2.0-x\r\n", "a,b,c"), 30);
    assertEquals(Optional.empty(), read(cutShort, 100));
    byte[] lying = greeting("SSH-2.0-x\r\n", "a");
    lying["SSH-2.0-x\r\n".length() + 4 + 2 + 16] = 0x7f;
    assertEquals(Optional.empty(), read(lying, 100));
  }
}
