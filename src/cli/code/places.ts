import type { Peer } from '../../migrate/peer.ts'
import { findOptions, languageOf } from '../../migrate/source/calls.ts'
import type { OptionsPlace } from '../../migrate/source/place.ts'
import { propertiesIn, settingsIn, springSettings } from '../../migrate/source/spring-settings.ts'
import { readText, sizeOf } from '../files.ts'
import { UsageError } from '../io.ts'
import { readYamlDocuments } from '../yaml.ts'

const MB = 1024 * 1024
/** The largest source file that is read. A larger one is generated, or no source file. */
const MAX_SOURCE = 8 * MB

/**
 * Finds the options of a library in a source file, or in the settings of Spring Boot. Nothing runs.
 *
 * @throws {UsageError} for a file that is neither
 */
export async function placesIn(file: string, peer: Peer): Promise<readonly OptionsPlace[]> {
  const language = languageOf(file)
  if (sizeOf(file) > MAX_SOURCE)
    throw new UsageError(
      `${file} is ${Math.ceil(sizeOf(file) / MB)} MB: a source file has ${MAX_SOURCE / MB} MB at most`,
    )
  if (language !== null) return findOptions(readText(file), language, peer.name)
  if (peer.name !== 'spring' || !/\.(?:properties|ya?ml)$/i.test(file))
    throw new UsageError(`${file}: options are a .json file, or a source file (.js, .ts, .py, .java, .kt)`)
  const text = readText(file)
  // A YAML file may hold several documents.
  if (/\.properties$/i.test(file)) return springSettings(propertiesIn(text))
  return springSettings((await readYamlDocuments(file)).flatMap((value) => settingsIn(value, text)))
}
