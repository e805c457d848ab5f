package org.noports.ssh.client.copy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthNoneFactory;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;
import org.noports.ssh.stream.StreamIoFactory;
import org.noports.ssh.stream.StreamPeer;
import org.noports.testkit.fakes.PipedStream;

/** A device that serves one folder over SFTP, joined to us by a stream in memory. */
final class ServedFolder implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SshServer server = SshServer.setUpDefaultServer();
  private final SshClient client = SshClient.setUpDefaultClient();
  private final PipedStream[] streams = PipedStream.pair();
  private final ClientSession session;

  /** What happens instead of a file being opened, or at each write. */
  interface Trouble {
    default void opening(Path file) throws IOException {}

    default void writing(Path file, int bytes) throws IOException {}
  }

  ServedFolder(Path root, Trouble trouble) throws Exception {
    StreamIoFactory io = new StreamIoFactory(threads);
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    server.setIoServiceFactoryFactory(io);
    server.setPort(22);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys.generateKeyPair()));
    server.setUserAuthFactories(List.of(UserAuthNoneFactory.INSTANCE));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    SftpSubsystemFactory sftp = new SftpSubsystemFactory();
    sftp.setFileSystemAccessor(new Troubled(trouble));
    sftp.setErrorStatusDataHandler(new Telling());
    server.setSubsystemFactories(List.of(sftp));
    server.start();
    io.acceptor()
        .start(streams[1], new StreamPeer(streams[1], "client"), null)
        .open(() -> {}, failure -> streams[1].close());
    client.setIoServiceFactoryFactory(new StreamIoFactory(threads));
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setHostConfigEntryResolver((host, port, local, user, jump, context) -> null);
    client.setServerKeyVerifier((where, address, key) -> true);
    client.start();
    AttributeRepository context =
        AttributeRepository.ofKeyValuePair(
            StreamPeer.KEY, new StreamPeer(streams[0], "dev1@device"));
    InetSocketAddress unused = new InetSocketAddress(InetAddress.getLoopbackAddress(), 22);
    session = client.connect("me", unused, context, null).verify(LIMIT).getSession();
    session.auth().verify(LIMIT);
  }

  There there() throws IOException {
    return There.of(session, "dev1@device");
  }

  /** The device is gone, from one moment to the next. */
  void vanish() {
    streams[1].close();
  }

  @Override
  public void close() {
    client.close(true);
    server.close(true);
    threads.shutdownNow();
  }

  /** Says why something failed, as servers do that mean well. */
  private static final class Telling implements SftpErrorStatusDataHandler {
    @Override
    public String resolveErrorMessage(
        SftpSubsystemEnvironment sftp,
        int id,
        Throwable failure,
        int status,
        int command,
        Object... arguments) {
      return String.valueOf(failure.getMessage());
    }
  }

  private record Troubled(Trouble trouble) implements SftpFileSystemAccessor {
    @Override
    public SeekableByteChannel openFile(
        SftpSubsystemProxy subsystem,
        FileHandle handle,
        Path file,
        String name,
        Set<? extends OpenOption> options,
        FileAttribute<?>... attributes)
        throws IOException {
      trouble.opening(file);
      SeekableByteChannel opened =
          SftpFileSystemAccessor.super.openFile(subsystem, handle, file, name, options, attributes);
      return new TroubledChannel(opened, bytes -> trouble.writing(file, bytes));
    }
  }
}
