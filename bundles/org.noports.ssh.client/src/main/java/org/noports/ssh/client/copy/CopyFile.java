package org.noports.ssh.client.copy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Copies one file: beside the place where it goes, under a name of its own, and gives it its name
 * when it is whole. Whoever reads there meanwhile has the old one; what breaks leaves it as it is.
 */
final class CopyFile {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** So that the longer name fits wherever the name itself does. */
  private static final int LONGEST_NAME = 60;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Side from;
  private final Side to;
  private final boolean preserve;
  private final Progress progress;

  CopyFile(Side from, Side to, boolean preserve, Progress progress) {
    this.from = from;
    this.to = to;
    this.preserve = preserve;
    this.progress = progress;
  }

  void copy(String source, Entry entry, String target) throws CopyProblem, InterruptedIOException {
    Optional<Entry> present;
    String place;
    try {
      place = to.behindLinks(target);
      present = to.look(place);
    } catch (IOException e) {
      throw Problems.at(to, target, "look at", e);
    }
    Entry.Kind there = present.map(Entry::kind).orElse(Entry.Kind.FILE);
    if (there == Entry.Kind.FOLDER) {
      throw Problems.one("'" + target + "' " + to.title() + " is a folder");
    }
    progress.begin(source, entry.size());
    try {
      if (there == Entry.Kind.OTHER) {
        straight(source, place);
      } else {
        beside(source, entry, place, present);
      }
    } finally {
      progress.end();
    }
  }

  /** A device or a pipe is written to, never replaced. */
  private void straight(String source, String place) throws CopyProblem, InterruptedIOException {
    try (OutputStream out = to.into(place)) {
      carry(source, out, place);
    } catch (IOException e) {
      throw Problems.at(to, place, "write", e);
    }
  }

  private void beside(String source, Entry entry, String place, Optional<Entry> replaced)
      throws CopyProblem, InterruptedIOException {
    String part = part(place);
    boolean whole = false;
    try (OutputStream out = to.make(part)) {
      long count = carry(source, out, place);
      if (count < entry.size()) {
        throw shorter(source, count, entry.size());
      }
      out.close();
      int mode = preserve ? entry.mode() : to.permitted(entry.mode());
      int settled = preserve ? mode : replaced.map(Entry::mode).orElse(mode);
      to.settle(part, settled, preserve ? Optional.of(entry.modified()) : Optional.empty());
      to.rename(part, place);
      whole = true;
    } catch (IOException e) {
      throw Problems.at(to, place, "write", e);
    } finally {
      if (!whole) {
        forget(part);
      }
    }
  }

  private CopyProblem shorter(String source, long count, long size) throws InterruptedIOException {
    IOException ended = new EOFException("it ended after " + count + " of " + size + " bytes");
    return Problems.at(from, source, "read", ended);
  }

  private long carry(String source, OutputStream out, String place)
      throws CopyProblem, InterruptedIOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long total = 0;
    try (InputStream in = from.read(source)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        write(out, buffer, count, place);
        total += count;
        progress.moved(count);
      }
    } catch (IOException e) {
      throw Problems.at(from, source, "read", e);
    }
    return total;
  }

  private void write(OutputStream out, byte[] buffer, int count, String place)
      throws CopyProblem, InterruptedIOException {
    if (Thread.interrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw Problems.at(to, place, "write", e);
    }
  }

  private static String part(String place) {
    int slash = place.lastIndexOf('/') + 1;
    String name = place.substring(slash);
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    return place.substring(0, slash)
        + "."
        + shown
        + "."
        + HexFormat.of().formatHex(random)
        + ".part";
  }

  /** Whoever has left must not leave a part behind; where the far side is gone, one stays. */
  private void forget(String part) {
    boolean interrupted = Thread.interrupted();
    try {
      to.remove(part);
    } catch (IOException gone) {
      // Its name says what it is: .NAME.XXXXXXXX.part
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
