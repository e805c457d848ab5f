package org.noports.tunnel.link;

import io.netty.buffer.ByteBuf;
import org.noports.api.CipherUnavailable;
import org.noports.api.ProtocolViolation;
import org.noports.protocol.np2.LinkPreface;
import org.noports.protocol.np2.RecordType;

/** What {@link OpenRecords} gives its records to, opened and in order. */
interface RecordSink {
  /** Something has come. */
  void begun();

  /** The first bytes of all. */
  void preface(LinkPreface preface) throws ProtocolViolation;

  /** Owns {@code clear}. */
  void data(ByteBuf clear) throws ProtocolViolation;

  /** A record that is not data. The sink may change the keys before it returns. */
  void control(RecordType type, byte[] content) throws ProtocolViolation, CipherUnavailable;

  /** What came in clear, unchecked. The sink may change the keys before it returns. */
  void leave(byte[] content) throws ProtocolViolation, CipherUnavailable;

  /** All that came was given. */
  void readComplete();

  /** Nothing comes any more. */
  void inputEnded();

  /** The network takes more again, or no more for now. */
  void writabilityChanged();

  /** What a handler or the network failed with. */
  void failed(Throwable cause);
}
