package tandem.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** The import table of the architecture page, over all modules at once. */
@AnalyzeClasses(packages = "tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final String[] ANY_LIBRARY = {
    "java..",
    "javax..",
    "jdk..",
    "scala..",
    "akka..",
    "com..",
    "io..",
    "org..",
    "gov..",
    "dev.cel..",
    "net.fortuna..",
    "software.amazon.."
  };

  @ArchTest static final ArchRule bootingKnowsNoModuleAboveIt = onlyKnows("tandem.cluster..");

  @ArchTest
  static final ArchRule theDomainIsPure =
      classes()
          .that()
          .resideInAPackage("tandem.router.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "tandem.router.domain..",
              "org.jspecify.annotations..",
              "com.fasterxml.jackson.annotation..",
              "dev.cel..",
              // CEL's syntax trees are made of these lists.
              "com.google.common.collect..",
              "org.roaringbitmap..",
              "com.google.i18n.phonenumbers..");

  @ArchTest
  static final ArchRule theDomainHasNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("tandem.router.domain..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID");

  @ArchTest
  static final ArchRule theRouterKnowsBootingAlone =
      onlyKnows("tandem.router..", "tandem.cluster..");

  @ArchTest
  static final ArchRule theEdgeProtocolKnowsTheDomainAlone =
      classes()
          .that()
          .resideInAPackage("tandem.router.edge..")
          .should()
          .onlyDependOnClassesThat(
              resideInAPackage("tandem.router.edge..")
                  .or(resideInAPackage("tandem.router.domain.."))
                  .or(JavaClass.Predicates.resideOutsideOfPackage("tandem..")));

  @ArchTest
  static final ArchRule persistenceKnowsTheRouter =
      onlyKnows("tandem.persistence..", "tandem.router..", "tandem.cluster..");

  @ArchTest
  static final ArchRule theEdgeKnowsTheRouter =
      onlyKnows("tandem.edge..", "tandem.router..", "tandem.cluster..");

  @ArchTest
  static final ArchRule theEventSocketKnowsNothingOfTandem = onlyKnows("tandem.edge.esl..");

  @ArchTest static final ArchRule theSimulatorKnowsNothingOfTandem = onlyKnows("tandem.edge.sim..");

  @ArchTest
  static final ArchRule theApiKnowsTheRouterAndTheRecord =
      onlyKnows(
          "tandem.http..",
          "tandem.router..",
          "tandem.cluster..",
          "tandem.persistence.readmodel..",
          "tandem.persistence.media..");

  @ArchTest
  static final ArchRule jainSipStaysBehindItsAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages("tandem.edge.sim..", "tandem.edge.sip..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.sip..", "gov.nist..");

  @ArchTest
  static final ArchRule objectStoresStayBehindTheirAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("tandem.persistence.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("software.amazon..");

  @ArchTest
  static final ArchRule foreignCalendarsStayBehindTheirImport =
      noClasses()
          .that()
          .resideOutsideOfPackage("tandem.router.plan.ical..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("net.fortuna..");

  @ArchTest
  static final ArchRule cassandraIsThePersistenceModulesBusiness =
      noClasses()
          .that()
          .resideOutsideOfPackages("tandem.persistence..", "tandem.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.datastax..", "akka.persistence.cassandra..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackages("tandem.cli..", "tandem.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tandem.cli..", "tandem.bench..");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class);

  @ArchTest
  static final ArchRule nothingIsReadByJavaSerialization =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(java.io.ObjectInputStream.class)
          .because("whoever can send bytes could run code");

  @ArchTest
  static final ArchRule modulesHaveNoCircles =
      slices()
          .matching("tandem.(*)..")
          .should()
          .beFreeOfCycles()
          // The commands and the bench, which is one of them, are one program.
          .ignoreDependency(resideInAPackage("tandem.bench.."), resideInAPackage("tandem.cli.."));

  private static ArchRule onlyKnows(String who, String... others) {
    String[] allowed = new String[ANY_LIBRARY.length + others.length + 1];
    System.arraycopy(ANY_LIBRARY, 0, allowed, 0, ANY_LIBRARY.length);
    System.arraycopy(others, 0, allowed, ANY_LIBRARY.length, others.length);
    allowed[allowed.length - 1] = who;
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
