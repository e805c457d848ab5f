package org.noports.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** What waits for I/O, and the classes of channel that go with it. */
public enum Kind {
  /** Linux's epoll through Netty's native library. */
  EPOLL {
    @Override
    IoHandlerFactory handlers() {
      return SteadyEpoll.newFactory();
    }

    @Override
    ChannelFactory<? extends ServerChannel> listener() {
      return EpollServerSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends ServerChannel> unixListener() {
      return EpollServerDomainSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends Channel> dialler() {
      return EpollSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends Channel> datagrams() {
      return EpollDatagramChannel::new;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return new DomainSocketAddress(path.toString());
    }
  },
  /** The JDK's selectors: everywhere. */
  NIO {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    ChannelFactory<? extends ServerChannel> listener() {
      return NioServerSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends ServerChannel> unixListener() {
      return NioServerDomainSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends Channel> dialler() {
      return NioSocketChannel::new;
    }

    @Override
    ChannelFactory<? extends Channel> datagrams() {
      return NioDatagramChannel::new;
    }

    @Override
    public SocketAddress unixAddress(Path path) {
      return UnixDomainSocketAddress.of(path);
    }
  };

  /** The fastest that works on this machine. */
  public static Kind best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  /** The kind of a loop that somebody else started. */
  static Kind of(EventLoop loop) {
    return loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class) ? EPOLL : NIO;
  }

  /** The address of a Unix domain socket, as listeners of this kind want it. */
  public abstract SocketAddress unixAddress(Path path);

  abstract IoHandlerFactory handlers();

  abstract ChannelFactory<? extends ServerChannel> listener();

  abstract ChannelFactory<? extends ServerChannel> unixListener();

  abstract ChannelFactory<? extends Channel> dialler();

  abstract ChannelFactory<? extends Channel> datagrams();
}
