package org.noports.tunnel.link;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that is on this JVM's heap, as a file in which one can search. */
final class HeapDump {
  private static final int PIECE = 1 << 24;
  private static final int LONGEST = 64;

  private final Path file;

  private HeapDump(Path file) {
    this.file = file;
  }

  /** Dumps what is reachable; the rest is collected first. */
  static HeapDump into(Path file) throws IOException {
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return new HeapDump(file);
  }

  /**
   * Which of the secrets are in it: as bytes, or as the words of four bytes in which ciphers keep
   * their keys, in either order.
   */
  Set<Integer> find(List<byte[]> secrets) throws IOException {
    Map<Long, Map<Integer, byte[]>> byStart = new HashMap<>();
    for (int i = 0; i < secrets.size(); i++) {
      for (byte[] form : List.of(secrets.get(i), words(secrets.get(i)))) {
        long start = ByteBuffer.wrap(form).getLong();
        byStart.computeIfAbsent(start, none -> new HashMap<>()).put(i, form);
      }
    }
    Set<Integer> found = new TreeSet<>();
    try (FileChannel channel = FileChannel.open(file)) {
      for (long at = 0; at < channel.size(); at += PIECE - LONGEST) {
        var piece = ByteBuffer.allocate((int) Math.min(PIECE, channel.size() - at));
        while (piece.hasRemaining() && channel.read(piece, at + piece.position()) > 0) {
          // Until the piece is full.
        }
        search(piece.flip(), byStart, found);
      }
    }
    return found;
  }

  private static byte[] words(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[i / 4 * 4 + Math.min(3, bytes.length - 1 - i / 4 * 4) - i % 4];
    }
    return reversed;
  }

  private static void search(
      ByteBuffer piece, Map<Long, Map<Integer, byte[]>> byStart, Set<Integer> found) {
    long window = 0;
    for (int at = 0; at < piece.limit(); at++) {
      window = window << 8 | piece.get(at) & 0xff;
      Map<Integer, byte[]> candidates = byStart.get(window);
      if (candidates != null) {
        int start = at - 7;
        candidates.forEach(
            (index, form) -> {
              if (start >= 0
                  && start + form.length <= piece.limit()
                  && piece.slice(start, form.length).equals(ByteBuffer.wrap(form))) {
                found.add(index);
              }
            });
      }
    }
  }
}
