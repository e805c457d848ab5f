package org.noports.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.noports.api.audit.AuditEntry;
import org.noports.audit.chain.ChainEvents;
import org.noports.audit.chain.ChainHead;

/**
 * The file that events go to now: follows the settings, keeps the open one when another cannot be
 * opened, and is opened again after a failure. Changed by the writing thread; asked by all.
 */
final class CurrentFile {
  private volatile Settings wanted;
  private volatile Settings opened;
  private volatile Optional<String> refused = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();
  private final CheckpointKey keys;
  private final Clock clock;
  private final Consumer<AuditEntry> written;
  private Optional<EventChain> open = Optional.empty();
  private Optional<ChainHead> known = Optional.empty();
  private Settings seen;

  CurrentFile(Settings settings, CheckpointKey keys, Clock clock, Consumer<AuditEntry> written) {
    this.wanted = settings;
    this.opened = settings;
    this.seen = settings;
    this.keys = keys;
    this.clock = clock;
    this.written = written;
  }

  void settings(Settings changed) {
    wanted = changed;
  }

  /**
   * The chain, opened.
   *
   * @throws IOException with the reason if there is none
   */
  EventChain get() throws IOException {
    Settings now = wanted;
    if (open.isEmpty()) {
      known = now.file().equals(opened.file()) ? known : Optional.empty();
      opened = now;
      open = Optional.of(EventChain.open(now, known, keys, clock, written));
      seen = now;
      AuditLog.opened(now.file());
    } else if (!now.equals(seen)) {
      move(now);
    }
    return open.get();
  }

  private void move(Settings now) {
    seen = now;
    refused = Optional.empty();
    if (now.file().equals(opened.file())) {
      opened = now;
      open.ifPresent(chain -> chain.settings(now));
      return;
    }
    try {
      EventChain next = EventChain.open(now, Optional.empty(), keys, clock, written);
      close();
      open = Optional.of(next);
      opened = now;
      AuditLog.opened(now.file());
    } catch (IOException e) {
      refused = Optional.of(sentence(now, e) + "; until then they go to " + opened.file());
      AuditLog.down(refused.get());
    }
  }

  /** All was written. */
  void works() {
    if (trouble.isPresent()) {
      trouble = Optional.empty();
      AuditLog.healed(opened.file());
    }
  }

  /** Something could not be written: the file is opened anew before the next try. */
  void failed(IOException failure) {
    String sentence = sentence(opened, failure);
    if (!trouble.equals(Optional.of(sentence))) {
      AuditLog.down(sentence);
    }
    trouble = Optional.of(sentence);
    close();
  }

  private static String sentence(Settings settings, IOException failure) {
    return "Events cannot be kept in "
        + settings.file()
        + ": "
        + failure.getMessage()
        + "; check that the disk has space and that its folder may be written, or set 'file' to"
        + " another path";
  }

  void close() {
    try {
      if (open.isPresent()) {
        known = Optional.of(open.get().head());
        open.get().close();
      }
    } catch (IOException e) {
      AuditLog.closeFailed(opened.file(), e);
    }
    open = Optional.empty();
  }

  /** Signs and closes what is open, because nothing more comes. */
  void finish() {
    try {
      if (open.isPresent()) {
        open.get().checkpoint(ChainEvents.STOP);
      }
    } catch (IOException e) {
      AuditLog.closeFailed(opened.file(), e);
    }
    close();
  }

  /** The last checkpoint that is known beside the key. */
  Optional<ChainHead> checkpoint() {
    return new HeadFile(opened).read();
  }

  Path path() {
    return opened.file();
  }

  /** Why events cannot be kept at all. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Why they do not go where the settings say. */
  Optional<String> refused() {
    return refused;
  }
}
