package org.noports.testkit.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Files in memory that behave as badly as a disk may. Bytes are kept once their channel was forced,
 * names once {@link #forceNames} was called; of all else a power cut keeps any sectors, in any
 * order. The power can fail at any operation; the disk can be full, and can refuse to confirm.
 *
 * <p>For an engine's tests, behind whatever the engine takes for a file system. Thread-safe.
 */
public final class ForgetfulDisk {
  /** Changes names: made, deleted, or moved; the change as a whole is kept or forgotten. */
  private interface NameChange {
    void apply(Map<String, ForgetfulFile> names);
  }

  final Random random;
  private final Map<String, ForgetfulFile> kept = new TreeMap<>();
  private final Map<String, ForgetfulFile> names = new TreeMap<>();
  private final List<NameChange> unforced = new ArrayList<>();
  private long operationsLeft = Long.MAX_VALUE;
  private long capacity = Long.MAX_VALUE;
  private long forcesToGrant = Long.MAX_VALUE;
  private boolean out;

  /** A disk whose choices follow from {@code seed}. */
  public ForgetfulDisk(long seed) {
    this.random = new Random(seed);
  }

  /** Lets the power fail after so many more writes, forces and changes of names. */
  public synchronized void failPowerAfter(long operations) {
    operationsLeft = operations;
  }

  /** Whether the power has failed. */
  public synchronized boolean isOut() {
    return out;
  }

  /** Lets the disk have room for so many bytes in all. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /**
   * Lets one force fail, after so many that do not; what it was to keep is forgotten, though it can
   * be read.
   */
  public synchronized void refuseForceAfter(int granted) {
    forcesToGrant = granted;
  }

  /** How many bytes all files have. */
  public synchronized long used() {
    return names.values().stream().mapToLong(ForgetfulFile::size).sum();
  }

  /** How many more fit. */
  public synchronized long room() {
    return Math.max(0, capacity - used());
  }

  /** The disk as it is when the power is back; the old one stays without. */
  public synchronized ForgetfulDisk afterPowerCut() {
    out = true;
    ForgetfulDisk next = new ForgetfulDisk(random.nextLong());
    int share = random.nextInt(3);
    for (NameChange change : unforced) {
      if (random.nextInt(2) < share) {
        change.apply(kept);
      }
    }
    kept.forEach(
        (name, file) -> {
          ForgetfulFile survivor = file.afterPowerCut(next, random);
          next.kept.put(name, survivor);
          next.names.put(name, survivor);
        });
    return next;
  }

  /** Opens a file for reading and writing, making it if it is missing. */
  public synchronized FileChannel open(String name) throws IOException {
    checkPower();
    ForgetfulFile file = names.get(name);
    if (file == null) {
      file = new ForgetfulFile(this);
      ForgetfulFile made = file;
      change(files -> files.put(name, made));
    }
    return new ForgetfulChannel(this, file);
  }

  public synchronized boolean exists(String name) throws IOException {
    checkPower();
    return names.containsKey(name);
  }

  /** The names that begin with {@code prefix}, in order. */
  public synchronized List<String> list(String prefix) throws IOException {
    checkPower();
    return names.keySet().stream().filter(it -> it.startsWith(prefix)).toList();
  }

  public synchronized void delete(String name) throws IOException {
    if (names.containsKey(name)) {
      change(files -> files.remove(name));
    }
  }

  public synchronized void move(String from, String to) throws IOException {
    change(
        files -> {
          ForgetfulFile file = files.remove(from);
          if (file != null) {
            files.put(to, file);
          }
        });
  }

  private void change(NameChange change) throws IOException {
    change.apply(names);
    unforced.add(change);
    operate();
  }

  /** Keeps the names as they are. */
  public synchronized void forceNames() throws IOException {
    operate();
    kept.clear();
    kept.putAll(names);
    unforced.clear();
  }

  /** One more operation has happened, or is happening when the power fails. */
  void operate() throws IOException {
    checkPower();
    if (--operationsLeft < 0) {
      out = true;
      throw new IOException("The power has failed");
    }
  }

  void checkPower() throws IOException {
    if (out) {
      throw new IOException("The power is off");
    }
  }

  /** Whether a force is to fail now. */
  boolean refusesForce() {
    boolean refuses = forcesToGrant == 0;
    forcesToGrant = refuses ? Long.MAX_VALUE : forcesToGrant - 1;
    return refuses;
  }
}
