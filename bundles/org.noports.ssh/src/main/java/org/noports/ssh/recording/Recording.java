package org.noports.ssh.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.noports.protocol.recording.RecordingForm;

/**
 * One recording: what is typed, shown and resized, as an asciicast of version 2. What is recorded
 * is given in before it goes on to either side; once it cannot be, every further call fails.
 */
final class Recording implements Tap {
  /** Events are short; this much is a piece before its second is over. */
  private static final int PIECE = 32 * 1024;

  /** One event has no more text, so that a piece has never more bytes than it may. */
  private static final int LONGEST_EVENT = 4 * 1024;

  private final SealedFile file;
  private final long began = System.nanoTime();
  private final Letters typed = new Letters();
  private final Letters shown = new Letters();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Consumer<String> noted;
  private final Consumer<Recording> closed;
  private Consumer<String> failed = why -> {};
  private String failure = "";
  private boolean ended;

  /**
   * @param noted hears why it has failed, beside who is recorded
   * @param closed hears of its end
   */
  Recording(SealedFile file, JsonObject header, Consumer<String> noted, Consumer<Recording> closed)
      throws IOException {
    this.file = file;
    this.noted = noted;
    this.closed = closed;
    line(header.toJson());
    flush(false);
  }

  @Override
  public synchronized void onFailure(Consumer<String> heard) {
    failed = heard;
    if (!failure.isEmpty()) {
      heard.accept(failure);
    }
  }

  @Override
  public void typed(byte[] bytes, int count) throws IOException {
    text("i", typed, bytes, count);
  }

  @Override
  public void shown(byte[] bytes, int count) throws IOException {
    text("o", shown, bytes, count);
  }

  @Override
  public synchronized void resized(int columns, int rows) {
    if (failure.isEmpty() && !ended) {
      event("r", columns + "x" + rows);
    }
  }

  private synchronized void text(String kind, Letters letters, byte[] bytes, int count)
      throws IOException {
    requireGoing();
    for (int at = 0; at < count; at += LONGEST_EVENT) {
      String text = letters.of(bytes, at, Math.min(LONGEST_EVENT, count - at));
      if (!text.isEmpty()) {
        event(kind, text);
      }
      if (pending.size() >= PIECE) {
        flush(false);
      }
    }
  }

  private void requireGoing() throws IOException {
    if (!failure.isEmpty() || ended) {
      throw new IOException(failure.isEmpty() ? "the recording is closed" : failure);
    }
  }

  private void event(String kind, String text) {
    double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
    line(
        new JsonArray(
                List.of(
                    new JsonValue.Number(String.format(Locale.ROOT, "%.6f", seconds)),
                    new JsonValue.Text(kind),
                    new JsonValue.Text(text)))
            .toJson());
  }

  private void line(String json) {
    pending.writeBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Called once a second; what was recorded since is then on disk. */
  synchronized void tick() {
    if (failure.isEmpty() && !ended && pending.size() > 0) {
      try {
        flush(false);
      } catch (IOException e) {
        // Who records has been told.
        return;
      }
    }
  }

  private void flush(boolean last) throws IOException {
    byte[] all = pending.toByteArray();
    pending.reset();
    int at = 0;
    try {
      do {
        int end = Math.min(all.length, at + RecordingForm.LONGEST_PIECE);
        file.write(Arrays.copyOfRange(all, at, end), last && end == all.length);
        at = end;
      } while (at < all.length);
    } catch (IOException | RuntimeException e) {
      failure = String.valueOf(e.getMessage());
      noted.accept(failure);
      failed.accept(failure);
      throw new IOException(failure, e);
    } finally {
      Arrays.fill(all, (byte) 0);
    }
  }

  /** Writes the last piece; one that failed stays as it is. Idempotent. */
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    try {
      if (failure.isEmpty()) {
        flush(true);
      }
    } catch (IOException e) {
      // Who records has been told.
      return;
    } finally {
      ended = true;
      file.close();
      closed.accept(this);
    }
  }

  /** Bytes as text, however they are cut; what is no UTF-8 is shown by U+FFFD. */
  private static final class Letters {
    private final CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] left = new byte[0];

    private String of(byte[] bytes, int at, int count) {
      ByteBuffer all = ByteBuffer.allocate(left.length + count);
      all.put(left).put(bytes, at, count).flip();
      CharBuffer letters = CharBuffer.allocate(all.remaining());
      decoder.decode(all, letters, false);
      left = new byte[all.remaining()];
      all.get(left);
      return letters.flip().toString();
    }
  }
}
