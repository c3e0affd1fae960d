package tandem.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the API may know, as docs/architecture.md has it. */
@AnalyzeClasses(packages = "tandem.http", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_OF_STORAGE_ONLY_WHAT_IS_READ =
      noClasses()
          .that()
          .resideInAPackage("tandem.http..")
          .should()
          .dependOnClassesThat(
              DescribedPredicate.<JavaClass>describe(
                  "are storage beside the read model and the media library",
                  c ->
                      c.getPackageName().startsWith("tandem.persistence")
                          && !c.getPackageName().equals("tandem.persistence.readmodel")
                          && !c.getPackageName().equals("tandem.persistence.media")));

  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_THE_EDGE_S_INSIDE =
      noClasses()
          .that()
          .resideInAPackage("tandem.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("tandem.edge..", "tandem.cli..", "tandem.bench..");

  @ArchTest
  static final ArchRule ONLY_THE_PORT_TOUCHES_SHARDING =
      noClasses()
          .that()
          .resideInAPackage("tandem.http..")
          .and()
          .resideOutsideOfPackage("tandem.http.port")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("tandem.router.Shards");
}
