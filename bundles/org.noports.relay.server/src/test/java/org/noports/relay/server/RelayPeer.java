package org.noports.relay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.identity.Identity;
import org.noports.api.relay.RelaySide;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.protocol.relay.SigningKeyUri;
import org.noports.testkit.fakes.JdkCiphers;

/** A plain blocking socket at one of a relay's ports. */
final class RelayPeer implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;

  RelayPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  RelayPeer say(String text) throws IOException {
    return say(text.getBytes(ISO_8859_1));
  }

  RelayPeer say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Exactly so many bytes; fewer at the end of input. */
  String hear(int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  String hearLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\n';
        next = socket.getInputStream().read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1);
  }

  /** All that comes until the other side ends its output; nothing behind a reset. */
  String hearAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (IOException e) {
      // A relay that hangs up on unread bytes resets the connection: an end like any other.
    }
    return all.toString(ISO_8859_1);
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Breaks the connection off, so that the other end sees an error and not an end. */
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  Socket socket() {
    return socket;
  }

  /** Waits for the challenge and answers it. */
  RelayPeer answer(SessionId session, RelaySide side, Identity signer, byte[] relayKey)
      throws Exception {
    return say(answerTo(hearLine(), session, side, signer, relayKey));
  }

  /** The line that answers {@code challenge}. */
  static byte[] answerTo(
      String challenge, SessionId session, RelaySide side, Identity signer, byte[] relayKey)
      throws Exception {
    String uri = SigningKeyUri.of(signer.enrollmentId(), signer.atSign()).toString();
    EscrResponse response =
        EscrResponse.sign(
            session, EscrChallenge.parse(challenge), side, uri, signer::signAsAuthentication);
    byte[] iv = new byte[EscrLine.IV_BYTES];
    try (Secret key = Secret.copyOf(relayKey);
        KeyStream stream = new JdkCiphers().streamCipher(StreamCipher.AES_256_CTR).start(key, iv)) {
      return EscrLine.seal(
              session,
              response,
              iv,
              (same, clear) -> {
                byte[] hidden = new byte[clear.length];
                stream.apply(ByteBuffer.wrap(clear), ByteBuffer.wrap(hidden));
                return hidden;
              })
          .toLine();
    }
  }

  /** Both ends say something and hear the other's. */
  static void requireJoined(RelayPeer client, RelayPeer device) throws Exception {
    client.say("from the client");
    device.say("from the device");
    assertThat(device.hear(15), is("from the client"));
    assertThat(client.hear(15), is("from the device"));
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
