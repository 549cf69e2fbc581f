import { useId } from 'preact/hooks';

interface FieldProperties {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  fault?: string | undefined;
  type?: 'text' | 'password' | 'datetime-local';
  rows?: number;
  autocomplete?: string;
}

/** A labelled input; its hint and its fault are read with it. */
export function Field({
  label,
  value,
  onInput,
  hint,
  fault,
  type = 'text',
  rows,
  autocomplete = 'off',
}: FieldProperties) {
  const id = useId();
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
  const shared = {
    id,
    class: 'input',
    value,
    autocomplete,
    spellcheck: false,
    'aria-invalid': fault !== undefined,
    'aria-describedby': described === '' ? undefined : described,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows === undefined ? (
        // The types allow each kind of input its own attributes; those that are shared are allowed by all.
        <input {...shared} type={type as 'text'} onInput={(event) => onInput(event.currentTarget.value)} />
      ) : (
        <textarea {...shared} rows={rows} onInput={(event) => onInput(event.currentTarget.value)} />
      )}
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault === undefined ? null : (
        <p class="fault" id={`${id}-fault`} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

interface ChoiceProperties<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: string;
}

/** One of many, from a list that opens. */
export function Choice<T extends string>({ label, value, options, onChange, hint }: ChoiceProperties<T>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** One of few, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange }: ChoiceProperties<T>) {
  const name = useId();
  return (
    <fieldset class="field">
      <legend class="visually-hidden">{label}</legend>
      <span class="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              class="visually-hidden"
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </span>
    </fieldset>
  );
}
