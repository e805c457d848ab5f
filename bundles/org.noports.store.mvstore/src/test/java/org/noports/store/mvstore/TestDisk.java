package org.noports.store.mvstore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.noports.store.mvstore.disk.Disk;
import org.noports.testkit.store.ForgetfulDisk;

/**
 * The engine's disk on one that forgets.
 *
 * @param files its files
 */
record TestDisk(ForgetfulDisk files) implements Disk {
  @Override
  public FileChannel open(Path file) throws IOException {
    return files.open(file.toString());
  }

  @Override
  public boolean exists(Path file) throws IOException {
    return files.exists(file.toString());
  }

  @Override
  public List<Path> list(Path folder, String prefix) throws IOException {
    return files.list(folder.resolve(prefix).toString()).stream().map(Path::of).toList();
  }

  @Override
  public void delete(Path file) throws IOException {
    files.delete(file.toString());
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    files.move(from.toString(), to.toString());
  }

  @Override
  public void forceNames(Path folder) throws IOException {
    files.forceNames();
  }

  @Override
  public long room(Path folder) {
    return files.room();
  }
}
