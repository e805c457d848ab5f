package org.noports.ssh.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.noports.api.Secret;
import org.noports.api.SessionId;
import org.noports.api.ssh.AuthorizedKeys.Granted;

/** The keys that stand in key files for sessions of now; each is taken back at its time. */
final class SessionGrants {
  /** For sshd itself, should nobody take the line back: minutes, as clocks and zones go. */
  private static final int EXPIRY_SLACK_SECONDS = 60;

  private static final DateTimeFormatter OF_SSHD = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private final Journal journal;
  private final KeyEvents log;
  private final ScheduledExecutorService timer;
  private final Duration retry;
  private final AtomicBoolean again = new AtomicBoolean();
  private final Map<Path, Grant> standing = new ConcurrentHashMap<>();
  private volatile String problem = "";

  /**
   * @param retry how long after a line could not be taken back that is tried again
   */
  SessionGrants(Path folder, KeyEvents log, ScheduledExecutorService timer, Duration retry) {
    this.journal = new Journal(folder);
    this.log = log;
    this.timer = timer;
    this.retry = retry;
  }

  /** Takes back what a former run could not, or this one. */
  void recover(KeySettings settings) {
    try {
      boolean all = true;
      for (Journal.Entry entry : noted()) {
        all &= standing.containsKey(entry.note()) || recovered(settings, entry);
      }
      problem = all ? "" : problem;
    } catch (IOException e) {
      failed(settings, e);
    }
  }

  /** All of them are of a former run, or stand: none is just being noted. */
  private List<Journal.Entry> noted() throws IOException {
    synchronized (standing) {
      return journal.left();
    }
  }

  /** One that stays keeps no other from going. */
  private boolean recovered(KeySettings settings, Journal.Entry entry) {
    try {
      remove(settings, entry);
      log.recovered(entry.file());
      return true;
    } catch (IOException e) {
      failed(settings, e);
      return false;
    }
  }

  /** Keys that could not be taken back; empty if there are none. */
  String problem() {
    return problem;
  }

  /**
   * Makes and authorises a key.
   *
   * @param restrictions what stands before the key, in sshd's form
   */
  Granted grant(KeySettings settings, Path file, SessionId session, String restrictions)
      throws IOException {
    OpenSshKey key = OpenSshKey.make("sshnp_ephemeral_" + session);
    try {
      String expiry =
          OF_SSHD.format(
              LocalDateTime.now().plus(settings.life()).plusSeconds(EXPIRY_SLACK_SECONDS));
      String line =
          restrictions
              + ",expiry-time=\""
              + expiry
              + "\""
              + (settings.grantOptions().isEmpty() ? "" : "," + settings.grantOptions())
              + " "
              + key.publicKey()
              + " sshnp_ephemeral_"
              + session;
      Grant grant = noted(settings, file, session, line, key.privateKey());
      Journal.Entry entry = grant.entry;
      try {
        settings.keys(file, log).edit(KeyLines.adding(line));
      } catch (IOException e) {
        standing.remove(entry.note());
        forget(settings, entry);
        throw e;
      }
      timer.schedule(grant::close, settings.life().toMillis(), TimeUnit.MILLISECONDS);
      log.granted(session, file);
      return grant;
    } catch (IOException | RuntimeException e) {
      key.close();
      throw e;
    }
  }

  /** At once for who recovers: what is noted and does not stand is taken for a former run's. */
  private Grant noted(
      KeySettings settings, Path file, SessionId session, String line, Secret privateKey)
      throws IOException {
    synchronized (standing) {
      Journal.Entry entry = journal.note(session + "-" + System.nanoTime(), file, line);
      Grant grant = new Grant(settings, entry, privateKey);
      standing.put(entry.note(), grant);
      return grant;
    }
  }

  private void remove(KeySettings settings, Journal.Entry entry) throws IOException {
    settings.keys(entry.file(), log).edit(KeyLines.removing(entry.line()));
    journal.done(entry);
  }

  /** It was not added, or nobody knows: then it is taken back as if it were. */
  private void forget(KeySettings settings, Journal.Entry entry) throws IOException {
    boolean there =
        Files.isRegularFile(entry.file(), LinkOption.NOFOLLOW_LINKS)
            && Files.readString(entry.file(), StandardCharsets.ISO_8859_1).contains(entry.line());
    if (there) {
      remove(settings, entry);
    } else {
      journal.done(entry);
    }
  }

  private void failed(KeySettings settings, IOException why) {
    problem = "A session's key could not be taken back: " + why.getMessage();
    log.notTakenBack(why);
    if (!again.compareAndSet(false, true)) {
      return;
    }
    try {
      timer.schedule(
          () -> {
            again.set(false);
            recover(settings);
          },
          retry.toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // We are stopping: it is on disk that the line is to go, and the next start sees to it.
      again.set(false);
    }
  }

  void closeAll() {
    standing.values().forEach(Grant::close);
  }

  /** One key that stands. */
  private final class Grant implements Granted {
    private final KeySettings settings;
    private final Journal.Entry entry;
    private final Secret privateKey;

    private Grant(KeySettings settings, Journal.Entry entry, Secret privateKey) {
      this.settings = settings;
      this.entry = entry;
      this.privateKey = privateKey;
    }

    @Override
    public Secret privateKey() {
      return privateKey;
    }

    @Override
    public void close() {
      if (standing.remove(entry.note()) == null) {
        return;
      }
      privateKey.close();
      try {
        remove(settings, entry);
      } catch (IOException e) {
        failed(settings, e);
      }
    }
  }
}
