package org.noports.store.mvstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.noports.api.AtSign;
import org.noports.api.store.StoreReport;
import org.noports.store.mvstore.disk.Disk;
import org.noports.store.mvstore.records.RecordReader;
import org.noports.store.mvstore.records.RecordWriter;

/** Writes what a view shows into a file of records. */
final class Backup {
  static final byte SPACE = 'A';
  static final byte ENTRY = 'E';
  static final byte ITEM = 'Q';
  static final byte REQUEST = 'R';

  private final Disk disk;
  private final View view;
  private long atSigns;
  private long records;

  Backup(Disk disk, View view) {
    this.disk = disk;
    this.view = view;
  }

  /** Writes {@code file}: under another name first, checked, then in place of what there was. */
  StoreReport write(Path file, Optional<AtSign> only) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path part = folder.resolve(file.getFileName() + ".part");
    disk.delete(part);
    long bytes;
    try (FileChannel channel = disk.open(part)) {
      RecordWriter writer = new RecordWriter(channel);
      spaces(writer, only);
      writer.end();
      bytes = channel.size();
      channel.position(0);
      new RecordReader(channel).read((type, body) -> {});
    } catch (IOException e) {
      disk.delete(part);
      throw e;
    }
    disk.move(part, folder.resolve(file.getFileName()));
    disk.forceNames(folder);
    return new StoreReport(atSigns, records, 0, bytes);
  }

  private void spaces(RecordWriter writer, Optional<AtSign> only) throws IOException {
    byte[] from = only.map(RowKeys::space).orElseGet(() -> new byte[0]);
    RowCursor rows = view.rows(Table.SPACES).from(from);
    while (rows.hasNext()) {
      AtSign atSign = new AtSign(new String(rows.next(), UTF_8));
      if (only.isPresent() && !only.get().equals(atSign)) {
        return;
      }
      if (!Space.decode(rows.value()).dropped()) {
        atSigns++;
        writer.record(SPACE, named(atSign.name(), rows.value()));
        rows(writer, atSign, Table.ENTRIES, ENTRY);
        rows(writer, atSign, Table.QUEUE, ITEM);
        requests(writer, atSign);
      }
    }
  }

  private void rows(RecordWriter writer, AtSign atSign, Table table, byte type) throws IOException {
    byte[] within = RowKeys.rows(atSign);
    RowCursor rows = view.rows(table).from(within);
    while (rows.hasNext()) {
      byte[] key = rows.next();
      if (!RowKeys.startsWith(key, within)) {
        return;
      }
      records++;
      writer.record(type, join(tail(key, within.length), rows.value()));
    }
  }

  private void requests(RecordWriter writer, AtSign atSign) throws IOException {
    RowCursor rows = view.rows(Table.REQUESTS).from(new byte[0]);
    while (rows.hasNext()) {
      rows.next();
      for (RequestRow row : RequestRow.decodeAll(rows.value())) {
        if (row.atSign().equals(atSign)) {
          writer.record(REQUEST, row.encode());
        }
      }
    }
  }

  private static byte[] named(String name, byte[] value) {
    return join(name.getBytes(UTF_8), value);
  }

  private static byte[] tail(byte[] key, int from) {
    byte[] tail = new byte[key.length - from];
    System.arraycopy(key, from, tail, 0, tail.length);
    return tail;
  }

  /** Two parts, the first with its length before it. */
  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(4 + first.length + second.length)
        .putInt(first.length)
        .put(first)
        .put(second)
        .array();
  }
}
