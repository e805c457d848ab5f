package org.noports.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that events go to now: follows the settings, keeps the open one when another cannot be
 * opened, and is opened again after a failure. Changed by the writing thread; asked by all.
 */
final class CurrentFile {
  private volatile Settings wanted;
  private volatile Settings opened;
  private volatile Optional<String> refused = Optional.empty();
  private volatile Optional<String> trouble = Optional.empty();
  private Optional<EventFile> open = Optional.empty();
  private Settings seen;

  CurrentFile(Settings settings) {
    this.wanted = settings;
    this.opened = settings;
  }

  void settings(Settings changed) {
    wanted = changed;
  }

  /**
   * The file, opened.
   *
   * @throws IOException with the reason if there is none
   */
  EventFile get() throws IOException {
    Settings now = wanted;
    if (open.isEmpty()) {
      opened = now;
      open = Optional.of(EventFile.open(now));
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
    try {
      EventFile next = EventFile.open(now);
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
        open.get().close();
      }
    } catch (IOException e) {
      AuditLog.closeFailed(opened.file(), e);
    }
    open = Optional.empty();
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
