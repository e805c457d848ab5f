package org.noports.store.mvstore;

import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.noports.store.mvstore.journal.JournalDamaged;

/** What a failure means for the store, and what to do. */
final class Sentences {
  private Sentences() {}

  static String damaged(Path path) {
    return "The store "
        + path
        + " is damaged: nothing in it can be read; restore it from a backup or set 'file' to"
        + " another path";
  }

  static String missing(Path path) {
    return "The store "
        + path
        + " is not there, only its journal beside it is; put the file back, or move the files"
        + " whose names begin with "
        + path.getFileName()
        + " away to begin anew";
  }

  static String newer(Path path, int format) {
    return "The store "
        + path
        + " has format "
        + format
        + ", this version reads up to format "
        + FileFormat.CURRENT
        + "; start the newer version that wrote it, or set 'file' to another path";
  }

  static String checkpoint(Path path, Throwable failure) {
    return failure(path, failure)
        + " (while its journal was taken over into it; all of that is still in the journal)";
  }

  static String failure(Path path, Throwable failure) {
    if (failure instanceof JournalDamaged) {
      return failure.getMessage();
    }
    if (isFull(failure)) {
      return "The disk of the store "
          + path
          + " is full: nothing new is kept, what is there stays and can be read; make room, then"
          + " the store goes on by itself";
    }
    int code = failure instanceof MVStoreException e ? e.getErrorCode() : -1;
    return switch (code) {
      case DataUtils.ERROR_FILE_LOCKED ->
          "The store " + path + " is in use by another process; stop that one or set 'file'";
      case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_UNSUPPORTED_FORMAT ->
          "The store "
              + path
              + " is damaged or no store ("
              + failure.getMessage()
              + "); restore it from a backup or set 'file' to another path";
      default ->
          "The store "
              + path
              + " cannot be written or read ("
              + failure
              + "); check that the disk works and that its folder may be written";
    };
  }

  /** The system says it in these words only. */
  private static boolean isFull(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String text = String.valueOf(at.getMessage());
      if (text.contains("No space left")
          || text.contains("File too large")
          || text.contains("Disk quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
