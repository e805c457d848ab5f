package org.noports.ssh.recording;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how much is recorded.
 *
 * @param auditorKey the file of the auditor's public key; empty if nothing can be recorded
 * @param folder where recordings are
 * @param mostBytes how long one may become
 * @param freeBytes how much of the disk is left free
 */
public record RecordingSettings(
    Optional<Path> auditorKey, Path folder, long mostBytes, long freeBytes) {
  public RecordingSettings {
    requireNonNull(auditorKey, "auditorKey is null");
    requireNonNull(folder, "folder is null");
  }
}
