package org.noports.testkit.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One file of a {@link ForgetfulDisk}; all calls hold the disk's lock. */
final class ForgetfulFile {
  private static final int SECTOR = 512;

  /** A write that was not forced; without bytes it cuts the file at {@code position}. */
  private record Change(long position, byte[] bytes) {}

  private final ForgetfulDisk disk;
  private final List<Change> unforced = new ArrayList<>();
  private byte[] kept = new byte[0];
  private int keptSize;
  private byte[] now = new byte[0];
  private int size;

  ForgetfulFile(ForgetfulDisk disk) {
    this.disk = disk;
  }

  long size() {
    return size;
  }

  /** Reads up to {@code length} bytes; -1 at the end. */
  int read(long position, byte[] into, int length) throws IOException {
    disk.checkPower();
    int count = (int) Math.min(length, size - position);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(now, (int) position, into, 0, count);
    return count;
  }

  void write(long position, byte[] bytes) throws IOException {
    disk.checkPower();
    int end = (int) position + bytes.length;
    if (end > size && end - size > disk.room()) {
      throw new IOException("No space left on device");
    }
    now = written(now, new Change(position, bytes));
    size = Math.max(size, end);
    unforced.add(new Change(position, bytes));
    disk.operate();
  }

  void truncate(long length) throws IOException {
    if (length < size) {
      size = (int) length;
      Arrays.fill(now, size, now.length, (byte) 0);
      unforced.add(new Change(length, new byte[0]));
      disk.operate();
    }
  }

  void force() throws IOException {
    disk.operate();
    if (disk.refusesForce()) {
      // As Linux has it: the pages count as clean now, and nobody will write them again.
      unforced.clear();
      throw new IOException("Input/output error");
    }
    for (Change change : unforced) {
      int end = (int) change.position() + change.bytes().length;
      if (change.bytes().length == 0) {
        keptSize = Math.min(keptSize, end);
        Arrays.fill(kept, keptSize, kept.length, (byte) 0);
      } else {
        kept = written(kept, change);
        keptSize = Math.max(keptSize, end);
      }
    }
    unforced.clear();
  }

  private static byte[] written(byte[] bytes, Change change) {
    int end = (int) change.position() + change.bytes().length;
    byte[] grown = end <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(end, 2 * end));
    System.arraycopy(change.bytes(), 0, grown, (int) change.position(), change.bytes().length);
    return grown;
  }

  /**
   * What is left: each sector as it was when last forced, or after some of the writes to it since;
   * the length likewise. Where a length was kept without the bytes, anything may stand.
   */
  ForgetfulFile afterPowerCut(ForgetfulDisk next, Random random) {
    int length = keptSize;
    int most = keptSize;
    for (int seen = random.nextInt(unforced.size() + 1), i = 0; i < unforced.size(); i++) {
      Change change = unforced.get(i);
      int end = (int) change.position() + change.bytes().length;
      most = Math.max(most, end);
      if (i < seen) {
        length = change.bytes().length == 0 ? Math.min(length, end) : Math.max(length, end);
      }
    }
    byte[] left = Arrays.copyOf(kept, most);
    if (random.nextBoolean() && most > keptSize) {
      byte[] rubbish = new byte[most - keptSize];
      random.nextBytes(rubbish);
      System.arraycopy(rubbish, 0, left, keptSize, rubbish.length);
    }
    int[] seen = new int[most / SECTOR + 1];
    int share = random.nextInt(3);
    for (int i = 0; i < seen.length; i++) {
      seen[i] = share == 1 ? random.nextInt(unforced.size() + 1) : share * unforced.size();
    }
    for (int i = 0; i < unforced.size(); i++) {
      keep(unforced.get(i), i, seen, left);
    }
    ForgetfulFile file = new ForgetfulFile(next);
    file.kept = Arrays.copyOf(left, length);
    file.keptSize = length;
    file.now = file.kept.clone();
    file.size = length;
    return file;
  }

  private static void keep(Change change, int number, int[] seen, byte[] left) {
    int at = (int) change.position();
    int end = at + change.bytes().length;
    while (at < end) {
      int stop = Math.min(end, (at / SECTOR + 1) * SECTOR);
      if (number < seen[at / SECTOR]) {
        System.arraycopy(change.bytes(), at - (int) change.position(), left, at, stop - at);
      }
      at = stop;
    }
  }
}
