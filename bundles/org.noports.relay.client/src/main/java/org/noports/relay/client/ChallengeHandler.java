package org.noports.relay.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.cipher.KeyStream;
import org.noports.api.cipher.StreamCipher;
import org.noports.api.relay.RelayCredential.ChallengeResponse;
import org.noports.protocol.relay.EscrChallenge;
import org.noports.protocol.relay.EscrLine;
import org.noports.protocol.relay.EscrResponse;
import org.noports.transport.PushBack;

/**
 * Reads the relay's challenge, answers it and reads the verdict (docs/protocol/noports.md 4.2).
 * Bytes behind {@code ok} are the stream's first: a {@link PushBack} in this handler's place gives
 * them back.
 */
final class ChallengeHandler extends ChannelInboundHandlerAdapter {
  /** A challenge has 44 characters and a verdict fewer; a relay that sends more is none. */
  private static final int LONGEST_LINE = 128;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final RelayLogin login;
  private final ChallengeResponse credential;
  private final Supplier<Optional<CipherCatalogue>> catalogue;
  private final ByteBuf read = Unpooled.buffer(LONGEST_LINE);
  private boolean answered;
  private boolean inputEnded;
  private boolean over;

  ChallengeHandler(
      RelayLogin login,
      ChallengeResponse credential,
      Supplier<Optional<CipherCatalogue>> catalogue) {
    this.login = login;
    this.credential = credential;
    this.catalogue = catalogue;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      read.writeBytes(bytes);
    } finally {
      bytes.release();
    }
    take(context);
  }

  private void take(ChannelHandlerContext context) {
    while (!over) {
      int searched = Math.min(read.readableBytes(), LONGEST_LINE);
      int length = read.bytesBefore(searched, (byte) '\n');
      if (length < 0) {
        if (searched == LONGEST_LINE) {
          refused("it does not speak the challenge that was agreed on");
        }
        return;
      }
      String line = read.readCharSequence(length, ISO_8859_1).toString();
      read.skipBytes(1);
      if (answered) {
        verdict(context, line);
      } else {
        answer(context, line);
      }
    }
  }

  private void answer(ChannelHandlerContext context, String said) {
    answered = true;
    try {
      EscrChallenge challenge = EscrChallenge.parse(said);
      EscrResponse response =
          EscrResponse.sign(
              credential.session(),
              challenge,
              credential.side(),
              credential.signingKeyUri(),
              credential.signer()::signAsAuthentication);
      EscrResponse answer =
          credential.other().map(it -> response.observing(it.nonce())).orElse(response);
      ByteBuf line = Unpooled.wrappedBuffer(hide(answer).toLine());
      login.shown();
      context.writeAndFlush(line);
    } catch (CipherUnavailable e) {
      over = true;
      login.fail(e);
    } catch (ProtocolViolation e) {
      refused(e.getMessage());
    } catch (RuntimeException e) {
      // The identity's keys, or the session's, were given up meanwhile.
      refused("we could not answer its challenge: " + e.getMessage());
    }
  }

  private EscrLine hide(EscrResponse response) throws CipherUnavailable {
    byte[] iv = new byte[EscrLine.IV_BYTES];
    RANDOM.nextBytes(iv);
    try (KeyStream stream = cipher().start(credential.relayKey(), iv)) {
      return EscrLine.seal(
          credential.session(), response, iv, (same, clear) -> apply(stream, clear));
    }
  }

  private StreamCipher cipher() throws CipherUnavailable {
    return catalogue
        .get()
        .orElseThrow(
            () ->
                new CipherUnavailable(
                    "The relay's challenge needs "
                        + StreamCipher.AES_256_CTR
                        + ", and there is no cipher catalogue: start org.noports.cipher.catalogue"))
        .streamCipher(StreamCipher.AES_256_CTR);
  }

  private static byte[] apply(KeyStream stream, byte[] clear) {
    byte[] hidden = new byte[clear.length];
    stream.apply(ByteBuffer.wrap(clear), ByteBuffer.wrap(hidden));
    return hidden;
  }

  private void verdict(ChannelHandlerContext context, String line) {
    boolean observing =
        credential.other().isPresent() && line.equals(EscrResponse.ACCEPTED_OBSERVING);
    if (!line.equals(EscrResponse.ACCEPTED) && !observing) {
      refused(
          line.equals(EscrResponse.REFUSED)
              ? "it says '" + line + "'"
              : "its verdict is not known");
      return;
    }
    over = true;
    List<ByteBuf> beyond = read.isReadable() ? List.of(read.retainedSlice()) : List.of();
    if (observing) {
      SightingGate gate = new SightingGate(credential.other().orElseThrow());
      context.pipeline().replace(this, "sighting", gate);
      gate.begin(beyond, inputEnded);
      login.admitted(context.channel());
      return;
    }
    context.pipeline().replace(this, "beyond", new PushBack(beyond, inputEnded));
    credential
        .other()
        .ifPresentOrElse(
            other -> login.untold(context.channel(), other),
            () -> login.admitted(context.channel()));
  }

  private void refused(String reason) {
    over = true;
    login.refused(reason);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!over) {
      context.read();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      lost("it closed the connection");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost("it closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    lost(String.valueOf(cause.getMessage()));
  }

  private void lost(String reason) {
    if (!over) {
      over = true;
      login.lost(reason);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    read.release();
  }
}
