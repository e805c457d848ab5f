package org.noports.ssh.files;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.nio.file.FileSystemException;
import org.apache.sshd.sftp.common.SftpConstants;
import org.junit.Test;

public class SayFullDiskTest {
  private static String said(Exception failure) {
    return new SayFullDisk().resolveErrorMessage(null, 1, failure, SftpConstants.SSH_FX_FAILURE, 6);
  }

  @Test
  public void aFullDiskIsSaidAndNothingElse() {
    assertEquals("No space left on device", said(new IOException("No space left on device")));
    assertEquals(
        "Disk quota exceeded",
        said(new FileSystemException("/secret", null, "Disk quota exceeded")));
    assertEquals(-1, said(new IOException("/secret/place is odd")).indexOf("secret"));
  }
}
