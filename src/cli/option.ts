/** An option of a command. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** Names the value in the help, such as `<url>`. */
  readonly value?: string
  /** The words that the value can be. Shells complete them. */
  readonly words?: readonly string[]
  /** Explains the option in a few words. */
  readonly help: string
  /** Begins a group of options under this title. */
  readonly group?: string
}

/** An option with one value. */
export type Text = CommandOption & { readonly type: 'string'; readonly multiple?: false }
/** An option that may be repeated. */
export type Texts = CommandOption & { readonly type: 'string'; readonly multiple: true }
/** An option without a value. */
export type Flag = CommandOption & { readonly type: 'boolean'; readonly multiple?: false }

/** Options by name: those with one value, those that may be repeated, and those without a value. */
export type Options<One extends string, Many extends string = never, None extends string = never> = Readonly<
  Record<One, Text> & Record<Many, Texts> & Record<None, Flag>
>
