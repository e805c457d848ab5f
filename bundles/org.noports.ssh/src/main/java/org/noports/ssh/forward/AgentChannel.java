package org.noports.ssh.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.session.ConnectionService;

/**
 * One program at the agent's socket, joined to the client's agent by a channel that we open; bytes
 * are carried as they are.
 */
final class AgentChannel extends AbstractClientChannel {
  /** OpenSSH's name of such channels. */
  private static final String TYPE = "auth-agent@openssh.com";

  private static final int PUMP_BYTES = 16 * 1024;

  private final SocketChannel program;
  private final Executor executor;

  AgentChannel(SocketChannel program, Executor executor) {
    super(TYPE);
    this.program = program;
    this.executor = executor;
  }

  /** Opens it on this connection; a refusal hangs up on the program. */
  void open(ConnectionService service) throws IOException {
    service.registerChannel(this);
    addCloseFutureListener(closed -> hangUp());
    open()
        .addListener(
            opened -> {
              if (opened.isOpened()) {
                executor.execute(this::pump);
              } else {
                close(true);
              }
            });
  }

  @Override
  protected void doOpen() throws IOException {
    out =
        new ChannelOutputStream(
            this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
  }

  private void pump() {
    ByteBuffer bytes = ByteBuffer.allocate(PUMP_BYTES);
    try {
      OutputStream to = out;
      while (program.read(bytes.clear()) >= 0) {
        to.write(bytes.array(), 0, bytes.position());
        to.flush();
      }
    } catch (IOException e) {
      // Either end has gone; the channel ends with it.
      close(true);
      return;
    }
    close(false);
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(data, offset, (int) length);
    while (bytes.hasRemaining()) {
      program.write(bytes);
    }
    getLocalWindow().release(length);
  }

  private void hangUp() {
    try {
      program.close();
    } catch (IOException e) {
      // It is closed for us in any case.
      return;
    }
  }
}
