package org.noports.ssh.client;

import static org.junit.Assert.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.Test;
import org.noports.api.ssh.SshPublicKey;

public class ShownHostKeyTest {
  private static Optional<SshPublicKey> read(byte[] said, int piece) {
    ShownHostKey shown = new ShownHostKey();
    for (int at = 0; at < said.length; at += piece) {
      byte[] part = Arrays.copyOfRange(said, at, Math.min(said.length, at + piece));
      if (shown.passes(part, part.length)) {
        return shown.key();
      }
    }
    return shown.key();
  }

  @Test
  public void theKeyIsReadHoweverItIsCutIntoPieces() throws Exception {
    byte[] said = HostKeyReply.showing(HostKeyReply.FIRST, 31);
    for (int piece : List.of(1, 7, said.length)) {
      assertEquals(Optional.of(HostKeyReply.FIRST), read(said, piece));
    }
  }

  @Test
  public void aGroupOfAKeyExchangeIsNoKeyAndItsAnswerBringsOne() throws Exception {
    byte[] reply = HostKeyReply.showing(HostKeyReply.FIRST, 33);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.write("SSH-2.0-x\r\n".getBytes());
    byte[] prime = new byte[4 + 257];
    Arrays.fill(prime, (byte) 0xff);
    prime[0] = 0;
    prime[1] = 0;
    prime[2] = 1;
    prime[3] = 1;
    HostKeyReply.packet(said, 31, prime);
    assertEquals(Optional.empty(), read(said.toByteArray(), 50));
    said.write(
        reply,
        "Welcome.\r\nSSH-2.0-OpenSSH_9.2\r\n".length(),
        reply.length - "Welcome.\r\nSSH-2.0-OpenSSH_9.2\r\n".length());
    assertEquals(Optional.of(HostKeyReply.FIRST), read(said.toByteArray(), 50));
  }

  @Test
  public void aCertifiedKeyIsTheKeyThatListsHave() throws Exception {
    assertEquals(
        Optional.of(HostKeyReply.FIRST),
        read(HostKeyReply.showing(HostKeyReply.CERTIFIED, 31), 64));
  }

  @Test
  public void whatIsNoSshOrNoKeyIsLookedAtNoLonger() throws Exception {
    assertEquals(Optional.empty(), read(new byte[200_000], 1_000));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    said.write("SSH-2.0-x\r\n".getBytes());
    HostKeyReply.packet(said, 21, new byte[0]);
    HostKeyReply.packet(said, 31, new byte[] {0, 0, 0, 9});
    assertEquals(Optional.empty(), read(said.toByteArray(), 5));
  }
}
