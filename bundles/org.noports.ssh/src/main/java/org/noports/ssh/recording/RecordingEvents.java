package org.noports.ssh.recording;

import java.nio.file.Path;
import org.noports.api.stream.StreamOrigin;

/** Hears of recordings. */
public interface RecordingEvents {
  /** One has begun. */
  void begun(StreamOrigin who, Path file);

  /** What had to be recorded cannot be, or not any more: it does not run, or has ended. */
  void failed(StreamOrigin who, String why);
}
