package org.noports.ssh.files;

import java.io.IOException;
import java.util.Locale;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;

/**
 * Says that a disk is full. SFTP 3 has no code for it, so it is the text behind its general
 * failure; of other failures nothing is told, for their texts may have paths of this machine.
 */
final class SayFullDisk implements SftpErrorStatusDataHandler {
  private static final String NO_SPACE = "No space left on device";
  private static final String QUOTA = "Disk quota exceeded";

  @Override
  public String resolveErrorMessage(
      SftpSubsystemEnvironment sftp,
      int id,
      Throwable failure,
      int status,
      int command,
      Object... arguments) {
    String said = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (failure instanceof IOException && said.contains(NO_SPACE.toLowerCase(Locale.ROOT))) {
      return NO_SPACE;
    }
    if (failure instanceof IOException && said.contains(QUOTA.toLowerCase(Locale.ROOT))) {
      return QUOTA;
    }
    return SftpErrorStatusDataHandler.super.resolveErrorMessage(
        sftp, id, failure, status, command, arguments);
  }
}
