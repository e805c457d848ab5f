package org.noports.ssh.client.login;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** The person's SSH agent, behind its socket (draft-ietf-sshm-ssh-agent). */
final class AgentSocket extends AbstractAgentProxy {
  /** More than OpenSSH's agent accepts and sends. */
  private static final int LONGEST = 256 * 1024;

  private final SocketChannel channel;

  private AgentSocket(SocketChannel channel) {
    super(null);
    this.channel = channel;
  }

  /** Connects with it. */
  static AgentSocket open(Path socket) throws IOException {
    return new AgentSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  @Override
  protected synchronized Buffer request(Buffer request) throws IOException {
    ByteBuffer asked = ByteBuffer.wrap(request.getCompactData());
    while (asked.hasRemaining()) {
      channel.write(asked);
    }
    int length = read(Integer.BYTES).getInt();
    if (length < 1 || length > LONGEST) {
      throw new IOException("The SSH agent answered with " + length + " bytes");
    }
    return new ByteArrayBuffer(read(length).array());
  }

  private ByteBuffer read(int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new EOFException("The SSH agent ended the connection");
      }
    }
    return bytes.flip();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
