package org.noports.protocol.verb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.ProtocolViolation;

/**
 * Cuts what an atServer writes into responses, however it arrives (docs/protocol/atprotocol.md
 * 2.2).
 *
 * <p>A response is complete with its newline: nothing behind it is waited for. A prompt is taken
 * off the front of the line that follows it, so {@code @alice@notification: …} is a notification.
 * Only {@code pol} is answered by a bare prompt, so that one must be announced.
 *
 * <p>One reader for each connection, used by one thread.
 */
public final class ResponseReader {
  /** Longest line, as the atProtocol bounds it. */
  public static final int MAX_BYTES = 10_240_000;

  private static final int FIRST_BYTES = 4096;

  private byte[] buffer = new byte[FIRST_BYTES];
  private int length;
  private boolean greeted;
  private Optional<AtSign> visitor = Optional.empty();

  /** Takes what came, all of it, and returns the responses that are now complete. */
  public List<Response> read(ByteBuffer received) throws ProtocolViolation {
    List<Response> responses = new ArrayList<>();
    while (received.hasRemaining()) {
      byte next = received.get();
      greeted |= next == '@';
      if (next == '\n') {
        String line = new String(buffer, 0, length, UTF_8);
        reset();
        visitor = Optional.empty();
        responses.add(ResponseText.parse(line.endsWith("\r") ? chopped(line) : line));
      } else {
        append(next);
      }
    }
    polAccepted().ifPresent(responses::add);
    return responses;
  }

  /** Whether the atServer has greeted, which it does before it takes commands. */
  public boolean greeted() {
    return greeted;
  }

  /** Announces that {@code pol} was sent: the next bare prompt of {@code visitor} answers it. */
  public void expectPol(AtSign visitor) {
    this.visitor = Optional.of(requireNonNull(visitor, "visitor is null"));
  }

  private Optional<Response> polAccepted() {
    if (visitor.isEmpty()) {
      return Optional.empty();
    }
    String answer = Prompt.of(visitor.get()).text();
    String tail = new String(buffer, 0, length, UTF_8);
    // The prompt of the answer before may still stand in front.
    if (!tail.equals(answer) && !tail.equals(Prompt.NOBODY.text() + answer)) {
      return Optional.empty();
    }
    Response accepted = new Response.PolAccepted(visitor.get());
    visitor = Optional.empty();
    reset();
    return Optional.of(accepted);
  }

  private void append(byte next) throws ProtocolViolation {
    if (length == buffer.length) {
      if (length == MAX_BYTES) {
        throw new ProtocolViolation("The atServer's answer is longer than " + MAX_BYTES + " bytes");
      }
      buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, length * 2L));
    }
    buffer[length++] = next;
  }

  private void reset() {
    if (buffer.length > FIRST_BYTES) {
      buffer = new byte[FIRST_BYTES];
    }
    length = 0;
  }

  private static String chopped(String line) {
    return line.substring(0, line.length() - 1);
  }
}
