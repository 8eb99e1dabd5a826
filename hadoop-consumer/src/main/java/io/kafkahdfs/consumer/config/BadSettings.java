package io.kafkahdfs.consumer.config;

import io.kafkahdfs.config.InvalidSettingException;
import io.kafkahdfs.config.Setting;
import io.kafkahdfs.config.Settings;
import io.kafkahdfs.config.ValueType;
import io.kafkahdfs.consumer.plan.BadLimit;
import io.kafkahdfs.consumer.read.OnBad;
import java.util.List;
import java.util.Optional;

/** What a load does about bad records. */
public final class BadSettings {
  public static final Setting<OnBad> ON_BAD =
      new Setting<>(
          LoadSettings.RANGES,
          "load.on.bad",
          List.of("--on-bad"),
          "fail|skip|quarantine",
          ValueType.choice(OnBad.class),
          Optional.of("fail"),
          "What to do about records that are damaged (a wrong checksum), that cannot be decoded (see"
              + " --values), that the format cannot hold, or that a mapper rejects: fail, leave them out, or land them in"
              + " OUTPUT/_quarantine with the reason. With skip and quarantine they are counted as"
              + " bad.");

  public static final Setting<BadLimit> MAX_BAD =
      new Setting<>(
          LoadSettings.RANGES,
          "load.max.bad",
          List.of("--max-bad"),
          "RECORDS|PERCENT%",
          new ValueType<>(BadLimit.ALLOWED, BadLimit::parse),
          Optional.empty(),
          "With --on-bad skip or quarantine: a run with more bad records than this, or a greater"
              + " part of those that it has read (0.1%), fails and lands nothing.");

  private BadSettings() {}

  /**
   * @throws InvalidSettingException if there is a bound for what may not be at all
   */
  public static void check(Settings settings) throws InvalidSettingException {
    if (settings.isGiven(MAX_BAD) && settings.get(ON_BAD) == OnBad.FAIL) {
      throw new InvalidSettingException(
          "--max-bad "
              + settings.get(MAX_BAD)
              + " needs --on-bad skip or --on-bad quarantine: with --on-bad fail the first bad record"
              + " ends the run.");
    }
  }
}
